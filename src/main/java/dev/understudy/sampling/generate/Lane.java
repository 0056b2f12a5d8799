package dev.understudy.sampling.generate;

import dev.understudy.model.ModelUnavailableException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;

/**
 * What waits for one version of one model, counted in samples, oldest first but whole batches before all. Not thread-safe.
 */
final class Lane {
    /** What another process may have seen announced before us, or passes by itself. */
    private static final Set<String> PASSING = Set.of("unknown-version", "unavailable-weights", "missing-topic");

    private final Batching batching;
    private final Sampler sampler;
    private final Slots slots;
    private final Output output;
    private final Deque<Fragment> waiting = new ArrayDeque<>();
    private final Set<Fragment> unkept = new LinkedHashSet<>();
    private int samples;

    Lane(Batching batching, Sampler sampler, Slots slots, Output output) {
        this.batching = batching;
        this.sampler = sampler;
        this.slots = slots;
        this.output = output;
    }

    /** Samples that wait. */
    int samples() {
        return samples;
    }

    /** Takes a fragment; one that needs no company goes ahead, so that it need not touch the store. */
    void add(Fragment fragment) {
        if (fragment.rest() % batching.size() == 0) {
            waiting.addFirst(fragment);
        } else {
            waiting.addLast(fragment);
        }
        samples += fragment.rest();
        unkept.add(fragment);
    }

    /** Whether the oldest has waited for long enough. */
    boolean aged(long nowMillis) {
        return !waiting.isEmpty()
                && nowMillis - waiting.peekFirst().arrivedMillis()
                        >= batching.age().toMillis();
    }

    /** Writes down what still waits. */
    void keep() {
        unkept.forEach(fragment -> fragment.keepIn(slots));
        unkept.clear();
    }

    /** Runs one forward pass over the oldest samples; false if it cannot be run now. */
    boolean forward(long nowMillis) {
        expire(nowMillis);
        List<Slice> slices = next();
        if (slices.isEmpty()) {
            return false;
        }
        try {
            deliver(slices, sampler.sample(slices));
        } catch (ModelUnavailableException e) {
            return !mayPass(e, nowMillis) && fail(slices, Fault.failed(e.code(), e.getMessage()));
        } catch (RuntimeException e) {
            apart(slices, e);
        }
        return true;
    }

    private void expire(long nowMillis) {
        Instant now = Instant.ofEpochMilli(nowMillis);
        for (Fragment fragment : List.copyOf(waiting)) {
            Instant deadline = fragment.noise().getDeadline();
            if (deadline != null && !deadline.isAfter(now)) {
                waiting.remove(fragment);
                settle(fragment, Optional.of(Faults.expired(deadline)));
            }
        }
    }

    private List<Slice> next() {
        List<Slice> slices = new ArrayList<>();
        int room = batching.size();
        for (Fragment fragment : waiting) {
            if (room == 0) {
                break;
            }
            Slice slice = fragment.slice(room);
            slices.add(slice);
            room -= slice.count();
        }
        return slices;
    }

    private boolean mayPass(ModelUnavailableException e, long nowMillis) {
        long waited = nowMillis - waiting.peekFirst().arrivedMillis();
        return PASSING.contains(e.code()) && waited < batching.patience().toMillis();
    }

    /** One of several may have spoilt the pass for all: each gets one of its own. */
    private void apart(List<Slice> slices, RuntimeException failure) {
        if (slices.size() == 1) {
            fail(slices, Faults.generation(failure));
            return;
        }
        for (Slice slice : slices) {
            try {
                deliver(List.of(slice), sampler.sample(List.of(slice)));
            } catch (RuntimeException e) {
                fail(List.of(slice), Faults.generation(e));
            }
        }
    }

    private void deliver(List<Slice> slices, List<GenericRecord> records) {
        int next = 0;
        for (Slice slice : slices) {
            for (int i = 0; i < slice.count(); i++) {
                output.sample(slice.noise(), slice.index(i), records.get(next++));
            }
            Fragment fragment = waiting.peekFirst();
            fragment.advance(slice.count());
            samples -= slice.count();
            unkept.add(fragment);
            if (fragment.rest() == 0) {
                waiting.removeFirst();
                settle(fragment, Optional.empty());
            }
        }
    }

    private boolean fail(List<Slice> slices, Fault fault) {
        for (int i = 0; i < slices.size(); i++) {
            settle(waiting.removeFirst(), Optional.of(fault));
        }
        return true;
    }

    private void settle(Fragment fragment, Optional<Fault> fault) {
        samples -= fragment.rest();
        unkept.remove(fragment);
        fragment.removeFrom(slots);
        output.settled(fragment.noise(), fragment.done(), fault);
    }
}
