package dev.understudy.sampling.generate;

import dev.understudy.model.ModelUnavailableException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;

/** Runs forward passes over what lanes choose, and says what became of it. Not thread-safe. */
final class Passes {
    /** What another process may have seen announced before us, or passes by itself. */
    private static final Set<String> PASSING = Set.of("unknown-version", "unavailable-weights", "missing-topic");

    private final Batching batching;
    private final Sampler sampler;
    private final Slots slots;
    private final Output output;
    private final Set<Fragment> unkept = new LinkedHashSet<>();

    Passes(Batching batching, Sampler sampler, Slots slots, Output output) {
        this.batching = batching;
        this.sampler = sampler;
        this.slots = slots;
        this.output = output;
    }

    /** Runs one pass over samples of a lane; false if its version cannot be had now. */
    boolean run(Lane lane, long nowMillis) {
        Set<Fragment> chosen = lane.choose(batching.size());
        try {
            deliver(lane, chosen, sampler.sample(slices(chosen)));
        } catch (ModelUnavailableException e) {
            return unavailable(lane, chosen, e, nowMillis);
        } catch (RuntimeException e) {
            apart(lane, chosen, e);
        }
        return true;
    }

    private static List<Slice> slices(Collection<Fragment> chosen) {
        return chosen.stream().map(Fragment::slice).toList();
    }

    private void deliver(Lane lane, Collection<Fragment> chosen, List<GenericRecord> records) {
        int next = 0;
        for (Fragment fragment : chosen) {
            Slice slice = fragment.slice();
            for (int i = 0; i < slice.count(); i++) {
                output.sample(slice.noise(), slice.index(i), records.get(next++));
            }
            lane.advance(fragment);
            unkept.add(fragment);
            if (fragment.rest() == 0) {
                settle(lane, fragment, Optional.empty());
            }
        }
    }

    /** What may pass is waited for, by each as long as it has patience. */
    private boolean unavailable(Lane lane, Set<Fragment> chosen, ModelUnavailableException e, long nowMillis) {
        boolean passing = PASSING.contains(e.code());
        lane.release(chosen);
        Collection<Fragment> failed =
                passing ? lane.since(nowMillis - batching.patience().toMillis()) : chosen;
        failed.forEach(fragment -> settle(lane, fragment, Optional.of(Fault.failed(e.code(), e.getMessage()))));
        return !passing;
    }

    /** One of several may have spoilt the pass for all: each gets one of its own. */
    private void apart(Lane lane, Set<Fragment> chosen, RuntimeException failure) {
        if (chosen.size() == 1) {
            chosen.forEach(fragment -> settle(lane, fragment, Optional.of(Faults.generation(failure))));
            return;
        }
        for (Fragment fragment : chosen) {
            try {
                deliver(lane, List.of(fragment), sampler.sample(List.of(fragment.slice())));
            } catch (RuntimeException e) {
                settle(lane, fragment, Optional.of(Faults.generation(e)));
            }
        }
    }

    /** Ends a fragment: it gives no more samples. */
    void settle(Lane lane, Fragment fragment, Optional<Fault> fault) {
        lane.remove(fragment);
        unkept.remove(fragment);
        fragment.removeFrom(slots);
        output.settled(fragment.noise(), fragment.done(), fault);
    }

    /** Writes down how a fragment stands. */
    void keep(Fragment fragment) {
        fragment.keepIn(slots);
    }

    /** Writes down how those stand that passes have left something of. */
    void keepRest() {
        unkept.forEach(this::keep);
        unkept.clear();
    }
}
