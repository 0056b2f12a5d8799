package dev.understudy.sampling.generate;

import dev.understudy.model.ModelUnavailableException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Runs forward passes over what lanes choose, and says what became of it. While one is made, the one before it is delivered, in
 * the order in which they were started. Not thread-safe; what makes the samples may be another thread.
 */
final class Passes<T> {
    /** That wait for a thread, so that the model goes on while Kafka commits; of all partitions, as what is urgent waits behind them. */
    private static final int MOST_WAITING = 2;

    /** Under way at most. */
    private static final int MOST = 3;

    /** What another process may have seen announced before us, or passes by itself. */
    private static final Set<String> PASSING = Set.of("unknown-version", "unavailable-weights", "missing-topic");

    private final Batching batching;
    private final Sampler<T> sampler;
    private final Models models;
    private final Slots slots;
    private final Output<T> output;
    private final Deque<Pass<T>> underWay = new ArrayDeque<>();
    private final Set<Fragment> unkept = new LinkedHashSet<>();

    /**
     * @param models runs the sampler
     */
    Passes(Batching batching, Sampler<T> sampler, Models models, Slots slots, Output<T> output) {
        this.batching = batching;
        this.sampler = sampler;
        this.models = models;
        this.slots = slots;
        this.output = output;
    }

    private record Pass<T>(Lane lane, List<Portion> portions, CompletableFuture<List<T>> samples) {

        boolean isMade() {
            return samples.isDone();
        }

        void await() {
            try {
                samples.get(1, TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                // Not made yet, or in vain: as whoever finishes it finds.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether one more may be started; the first always. */
    boolean haveRoom() {
        return underWay.isEmpty() || (underWay.size() < MOST && models.waiting() < MOST_WAITING);
    }

    /** Whether none is under way. */
    boolean areOver() {
        return underWay.isEmpty();
    }

    /** Whether the oldest is made, or will be in a moment, if there is time for that: not more, as records wait meanwhile. */
    boolean areReady(BooleanSupplier timeLeft) {
        if (!underWay.isEmpty() && timeLeft.getAsBoolean()) {
            underWay.peek().await();
        }
        return !underWay.isEmpty() && underWay.peek().isMade();
    }

    /** Starts a pass over samples of a lane. */
    void start(Lane lane) {
        List<Portion> portions = lane.choose(batching.size());
        underWay.add(new Pass<>(lane, portions, started(portions)));
    }

    private CompletableFuture<List<T>> started(List<Portion> portions) {
        List<Slice> slices = portions.stream().map(Portion::slice).toList();
        return CompletableFuture.supplyAsync(() -> sampler.sample(slices), models);
    }

    /** Waits for the oldest pass and delivers it; its lane if the version cannot be had now. */
    Optional<Lane> finish(long nowMillis) {
        Pass<T> pass = underWay.remove();
        List<T> samples;
        try {
            samples = pass.samples().join();
        } catch (CompletionException e) {
            return failed(pass, e, nowMillis);
        }
        deliver(pass.lane(), pass.portions(), samples);
        return Optional.empty();
    }

    private void deliver(Lane lane, List<Portion> portions, List<T> samples) {
        int next = 0;
        for (Portion portion : portions) {
            int count = portion.slice().count();
            if (!portion.fragment().isOver()) {
                output.samples(portion.slice(), samples.subList(next, next + count));
                advance(lane, portion.fragment(), count);
            }
            next += count;
        }
    }

    private void advance(Lane lane, Fragment fragment, int count) {
        lane.advance(fragment, count);
        unkept.add(fragment);
        if (fragment.rest() == 0) {
            settle(lane, fragment, Optional.empty());
        }
    }

    private Optional<Lane> failed(Pass<T> pass, CompletionException failure, long nowMillis) {
        takeBackAfter(pass);
        if (failure.getCause() instanceof ModelUnavailableException unavailable) {
            return unavailable(pass, unavailable, nowMillis);
        }
        if (failure.getCause() instanceof Error) {
            throw failure;
        }
        apart(pass);
        return Optional.empty();
    }

    /** What was started later in the same lane would come out of order: it is made again when its turn comes. */
    private void takeBackAfter(Pass<T> failed) {
        underWay.descendingIterator().forEachRemaining(pass -> {
            if (pass.lane() == failed.lane()) {
                pass.lane().giveBack(pass.portions());
            }
        });
        underWay.removeIf(pass -> pass.lane() == failed.lane());
    }

    /** What may pass is waited for, by each as long as it has patience. */
    private Optional<Lane> unavailable(Pass<T> pass, ModelUnavailableException e, long nowMillis) {
        Lane lane = pass.lane();
        boolean passing = PASSING.contains(e.code());
        lane.giveBack(pass.portions());
        List<Fragment> failed =
                passing ? lane.since(nowMillis - batching.patience().toMillis()) : waiting(pass.portions());
        failed.forEach(fragment -> settle(lane, fragment, Optional.of(Fault.failed(e.code(), e.getMessage()))));
        return passing ? Optional.of(lane) : Optional.empty();
    }

    private static List<Fragment> waiting(List<Portion> portions) {
        return portions.stream()
                .map(Portion::fragment)
                .filter(fragment -> !fragment.isOver())
                .toList();
    }

    /** One of several may have spoilt the pass for all: each gets one of its own. */
    private void apart(Pass<T> pass) {
        for (Portion portion : pass.portions()) {
            if (!portion.fragment().isOver()) {
                alone(pass.lane(), portion, pass.portions().size() == 1 ? pass.samples() : started(List.of(portion)));
            }
        }
    }

    private void alone(Lane lane, Portion portion, CompletableFuture<List<T>> making) {
        List<T> samples;
        try {
            samples = making.join();
        } catch (CompletionException e) {
            settle(lane, portion.fragment(), Optional.of(Faults.generation(e.getCause())));
            return;
        }
        deliver(lane, List.of(portion), samples);
    }

    /** Ends a fragment: it gives no more samples. */
    void settle(Lane lane, Fragment fragment, Optional<Fault> fault) {
        lane.remove(fragment);
        unkept.remove(fragment);
        // In this order: without exactly once, what is told must not be lost with a slot that is gone already.
        output.settled(fragment.noise(), fragment.done(), fault);
        fragment.removeFrom(slots);
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
