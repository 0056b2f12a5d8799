package dev.understudy.sampling.generate;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
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

    /** Samples that no pass has reserved. */
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
        release(fragment);
        fragments.remove(fragment);
        free -= fragment.rest();
    }

    /** Reserves at most so many samples, and notes whose they are; how many there were. */
    int reserve(int most, Collection<Fragment> chosen) {
        int room = most;
        for (Fragment fragment : fragments) {
            int samples = fragment.reserve(room);
            if (samples > 0) {
                chosen.add(fragment);
                room -= samples;
            }
            if (room == 0) {
                break;
            }
        }
        free -= most - room;
        return most - room;
    }

    void release(Fragment fragment) {
        free += fragment.release();
    }
}
