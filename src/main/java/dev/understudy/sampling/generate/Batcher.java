package dev.understudy.sampling.generate;

import dev.understudy.sampling.fair.FairShares;
import dev.understudy.wire.NoiseBatch;
import dev.understudy.wire.Priority;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Makes full batches of whatever noise comes: fragments wait in slots, counted in samples, until a batch is full, the oldest
 * is too old, or nothing comes any more. Requests share a forward pass if they want the same version.
 *
 * <p>Noise is taken at once and passes are run in turns, so that each pass has a choice of all that waits: between priorities
 * by {@link FairShares}, between the requests of a priority in turns, whatever version they want. What waits is bounded by the
 * backlog: beyond it, who brings noise is held up by passes.
 *
 * <p>All that is said to {@link Output} and {@link Slots} during one call belongs together: commit it as one. Not
 * thread-safe.
 */
public final class Batcher<T> {
    private final Batching batching;
    private final Intake intake;
    private final Output<T> output;
    private final Passes<T> passes;
    private final FairShares shares = new FairShares();
    private final Map<Version, Lane> lanes = new LinkedHashMap<>();
    private long lastTakenMillis;
    private long turns;

    private record Version(String model, int version) {}

    /**
     * @param models runs the sampler
     */
    public Batcher(Batching batching, Intake intake, Sampler<T> sampler, Models models, Slots slots, Output<T> output) {
        this.batching = batching;
        this.intake = intake;
        this.output = output;
        this.passes = new Passes<>(batching, sampler, models, slots, output);
    }

    /** Takes back what waited in a slot when the process ended. */
    public void restore(long slot, NoiseBatch noise, int done, long nowMillis) {
        lane(noise).add(new Fragment(noise, nowMillis, slot, done));
    }

    /**
     * Takes a batch and keeps it in a slot. If more waits than the backlog, makes room first, while there is time.
     *
     * @param timeLeft false once this call should end
     */
    public void take(NoiseBatch noise, long nowMillis, BooleanSupplier timeLeft) {
        lastTakenMillis = nowMillis;
        Intake.Verdict verdict = intake.judge(noise, Instant.ofEpochMilli(nowMillis), fullness());
        if (verdict.fault().isPresent()) {
            output.settled(noise, 0, verdict.fault());
            return;
        }
        Fragment fragment = new Fragment(verdict.noise(), nowMillis, Fragment.NOWHERE, 0);
        lane(verdict.noise()).add(fragment);
        passes.keep(fragment);
        if (isFull()) {
            run(nowMillis, () -> isFull() && timeLeft.getAsBoolean(), lane -> ripe(lane, nowMillis));
        }
    }

    /** Ends what waits of a request. */
    public void cancel(String request) {
        for (Lane lane : lanes.values()) {
            lane.of(request).forEach(fragment -> end(lane, fragment, Faults.cancelled()));
        }
    }

    /**
     * Makes the batches that should wait no longer: full ones, aged ones, and all if nothing has come for a while.
     *
     * @param timeLeft false once this call should end
     * @return whether any was made
     */
    public boolean tick(long nowMillis, BooleanSupplier timeLeft) {
        boolean idle = nowMillis - lastTakenMillis >= batching.quiet().toMillis();
        return run(nowMillis, timeLeft, lane -> idle || ripe(lane, nowMillis));
    }

    private boolean isFull() {
        return waiting() > batching.backlog() || bytes() > batching.backlogBytes();
    }

    /** What is told to those who have to wait because it is full; empty if it is not. */
    private Optional<String> fullness() {
        return isFull()
                ? Optional.of(waiting() + " samples with " + bytes()
                        + " bytes of what is given and of latents wait already;"
                        + " more than " + batching.backlog() + " or " + batching.backlogBytes() + " bytes are too many;"
                        + " try later")
                : Optional.empty();
    }

    private long bytes() {
        return lanes.values().stream().mapToLong(Lane::bytes).sum();
    }

    /** Samples that wait. */
    public int waiting() {
        return lanes.values().stream().mapToInt(Lane::samples).sum();
    }

    /** Samples of a priority that wait. */
    public int waiting(Priority priority) {
        return shares.waiting(priority);
    }

    private boolean ripe(Lane lane, long nowMillis) {
        return lane.free() >= batching.size()
                || lane.waitsSince(nowMillis - batching.age().toMillis());
    }

    /**
     * Starts passes while there is time and work, and delivers them; whether it delivered any. When time is up, those that are not
     * made yet are left under way.
     */
    private boolean run(long nowMillis, BooleanSupplier timeLeft, Predicate<Lane> ready) {
        expire(Instant.ofEpochMilli(nowMillis));
        Set<Lane> stuck = new HashSet<>();
        boolean any = false;
        start(timeLeft, lane -> ready.test(lane) && !stuck.contains(lane));
        while (passes.areReady(timeLeft) || (isFull() && !passes.areOver() && timeLeft.getAsBoolean())) {
            Optional<Lane> unavailable = passes.finish(nowMillis);
            unavailable.ifPresent(stuck::add);
            any |= unavailable.isEmpty();
            start(timeLeft, lane -> ready.test(lane) && !stuck.contains(lane));
        }
        passes.keepRest();
        lanes.values().removeIf(lane -> lane.samples() == 0);
        return any;
    }

    private void start(BooleanSupplier timeLeft, Predicate<Lane> ready) {
        while (passes.haveRoom() && timeLeft.getAsBoolean()) {
            Optional<Lane> lane = next(lanes.values().stream().filter(ready));
            if (lane.isEmpty()) {
                break;
            }
            passes.start(lane.get());
        }
    }

    private void expire(Instant now) {
        for (Lane lane : lanes.values()) {
            for (Fragment fragment : lane.expired(now)) {
                end(lane, fragment, Faults.expired(fragment.noise().getDeadline()));
            }
        }
    }

    private void end(Lane lane, Fragment fragment, Fault fault) {
        passes.settle(lane, fragment, Optional.of(fault));
    }

    /** The lane of the request whose turn is next, in the priority whose turn it is. */
    private Optional<Lane> next(Stream<Lane> ready) {
        List<Lane> candidates = ready.toList();
        return shares.next(priority -> candidates.stream().anyMatch(lane -> lane.waits(priority)))
                .flatMap(priority -> candidates.stream()
                        .filter(lane -> lane.waits(priority))
                        .min(Comparator.comparingLong(lane -> lane.turn(priority))));
    }

    private Lane lane(NoiseBatch noise) {
        return lanes.computeIfAbsent(
                new Version(noise.getModel(), noise.getVersion()),
                version -> new Lane(shares, () -> turns++, batching.size()));
    }
}
