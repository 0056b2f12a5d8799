package dev.understudy.sampling.generate;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What waits of one request in a lane, oldest first. Not thread-safe. */
final class Flow {
    private final Set<Fragment> fragments = new LinkedHashSet<>();
    private int free;
    private long turn;

    /** Number of its next turn among all in its partition. */
    long turn() {
        return turn;
    }

    void turn(long number) {
        turn = number;
    }

    /** Samples that no pass has taken. */
    int free() {
        return free;
    }

    boolean isEmpty() {
        return fragments.isEmpty();
    }

    List<Fragment> fragments() {
        return List.copyOf(fragments);
    }

    void add(Fragment fragment) {
        fragments.add(fragment);
        free += fragment.rest();
    }

    /** Lets go of a fragment, whatever is left of it. */
    void remove(Fragment fragment) {
        fragments.remove(fragment);
        free -= fragment.free();
    }

    /** Takes at most so many samples, and counts whose they are; how many there were. */
    int take(int most, Map<Fragment, Integer> chosen) {
        int room = most;
        for (Fragment fragment : fragments) {
            int samples = fragment.take(room);
            if (samples > 0) {
                chosen.merge(fragment, samples, Integer::sum);
                room -= samples;
            }
            if (room == 0) {
                break;
            }
        }
        free -= most - room;
        return most - room;
    }

    void giveBack(Portion portion) {
        portion.fragment().giveBack(portion.slice().count());
        free += portion.slice().count();
    }
}
