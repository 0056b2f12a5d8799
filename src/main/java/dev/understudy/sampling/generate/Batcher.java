package dev.understudy.sampling.generate;

import dev.understudy.wire.NoiseBatch;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Makes full batches of whatever noise comes: fragments wait in slots, counted in samples, until a batch is full, the oldest
 * is too old, or nothing comes any more. Requests share a forward pass if they want the same version.
 *
 * <p>All that is said to {@link Output} and {@link Slots} during one call belongs together: commit it as one. Not
 * thread-safe.
 */
public final class Batcher {
    private final Batching batching;
    private final Intake intake;
    private final Sampler sampler;
    private final Slots slots;
    private final Output output;
    private final Map<Version, Lane> lanes = new LinkedHashMap<>();
    private boolean idle = true;

    private record Version(String model, int version) {}

    public Batcher(Batching batching, Intake intake, Sampler sampler, Slots slots, Output output) {
        this.batching = batching;
        this.intake = intake;
        this.sampler = sampler;
        this.slots = slots;
        this.output = output;
    }

    /** Takes back what waited in a slot when the process ended. */
    public void restore(long slot, NoiseBatch noise, int done, long nowMillis) {
        lane(noise).add(new Fragment(noise, nowMillis, slot, done));
    }

    /**
     * Takes a batch, makes all full batches there are while there is time, and keeps the rest in slots.
     *
     * @param timeLeft false once this call should end
     */
    public void take(NoiseBatch noise, long nowMillis, BooleanSupplier timeLeft) {
        idle = false;
        Intake.Verdict verdict = intake.judge(noise, Instant.ofEpochMilli(nowMillis), waiting());
        if (verdict.fault().isPresent()) {
            output.settled(noise, 0, verdict.fault());
            return;
        }
        Lane lane = lane(verdict.noise());
        lane.add(new Fragment(verdict.noise(), nowMillis, Fragment.NOWHERE, 0));
        full(lane, nowMillis, timeLeft);
        lane.keep();
    }

    /**
     * Makes the batches that should wait no longer: full ones, aged ones, and all if nothing came since the last tick.
     *
     * @param timeLeft false once this call should end
     */
    public void tick(long nowMillis, BooleanSupplier timeLeft) {
        for (Lane lane : lanes.values()) {
            full(lane, nowMillis, timeLeft);
            rest(lane, nowMillis, timeLeft);
            lane.keep();
        }
        lanes.values().removeIf(lane -> lane.samples() == 0);
        idle = true;
    }

    /** Samples that wait. */
    public int waiting() {
        return lanes.values().stream().mapToInt(Lane::samples).sum();
    }

    private void full(Lane lane, long nowMillis, BooleanSupplier timeLeft) {
        boolean goesOn = true;
        while (goesOn && lane.samples() >= batching.size() && timeLeft.getAsBoolean()) {
            goesOn = lane.forward(nowMillis);
        }
    }

    private void rest(Lane lane, long nowMillis, BooleanSupplier timeLeft) {
        boolean goesOn = idle || lane.aged(nowMillis);
        while (goesOn && lane.samples() > 0 && timeLeft.getAsBoolean()) {
            goesOn = lane.forward(nowMillis);
        }
    }

    private Lane lane(NoiseBatch noise) {
        return lanes.computeIfAbsent(
                new Version(noise.getModel(), noise.getVersion()),
                version -> new Lane(batching, sampler, slots, output));
    }
}
