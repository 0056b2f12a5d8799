package dev.understudy.sampling.generate;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Requests of one priority that wait in a lane take turns: whose turn it is gives at most a quantum of samples and goes to the
 * end of the line. Who comes later stands behind, so nobody starves, however many come.
 *
 * <p><em>Source</em>: deficit round robin, Shreedhar and Varghese, SIGCOMM 1995; as a batch can be cut anywhere, no turn ever
 * leaves a deficit. Not thread-safe.
 */
final class Round {
    private final int quantum;
    private final LongSupplier turns;
    private final Map<String, Flow> flows = new HashMap<>();
    private final Set<Flow> line = new LinkedHashSet<>();

    /**
     * @param quantum samples of a turn, at least 1
     * @param turns numbers turns, upwards
     */
    Round(int quantum, LongSupplier turns) {
        this.quantum = quantum;
        this.turns = turns;
    }

    /** Whether anything waits that no pass has taken. */
    boolean waits() {
        return !line.isEmpty();
    }

    /** Number of the turn that is next; only if something {@link #waits}. */
    long turn() {
        return line.iterator().next().turn();
    }

    /** What waits of a request, oldest first. */
    List<Fragment> of(String request) {
        Flow flow = flows.get(request);
        return flow == null ? List.of() : flow.fragments();
    }

    void add(Fragment fragment) {
        Flow flow = flows.computeIfAbsent(fragment.noise().getRequest(), request -> new Flow());
        flow.add(fragment);
        lineUp(flow);
    }

    /** Gives one turn, of at most {@code room} samples, and counts whose they are; how many it gave. */
    int take(int room, Map<Fragment, Integer> chosen) {
        Flow flow = line.iterator().next();
        line.remove(flow);
        int samples = flow.take(Math.min(room, quantum), chosen);
        lineUp(flow);
        return samples;
    }

    /** Takes back that a pass has taken samples. */
    void giveBack(Portion portion) {
        Flow flow = flow(portion.fragment());
        flow.giveBack(portion);
        lineUp(flow);
    }

    /** Lets go of a fragment, whatever is left of it. */
    void remove(Fragment fragment) {
        Flow flow = flow(fragment);
        flow.remove(fragment);
        if (flow.free() == 0) {
            line.remove(flow);
        }
        if (flow.isEmpty()) {
            flows.remove(fragment.noise().getRequest());
        }
    }

    private Flow flow(Fragment fragment) {
        return flows.get(fragment.noise().getRequest());
    }

    private void lineUp(Flow flow) {
        if (flow.free() > 0 && line.add(flow)) {
            flow.turn(turns.getAsLong());
        }
    }
}
