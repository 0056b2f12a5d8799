package dev.understudy.sampling.generate;

import dev.understudy.wire.NoiseBatch;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Decides at the door whether a batch may come in, and pins its version. What a planner wrote was judged by it, so nothing
 * but its ranges is looked at; what users publish is judged here. <em>Thread safety</em>: share freely.
 */
public final class Intake {
    private final Predicate<String> defined;
    private final Function<String, OptionalInt> live;
    private final Sampler<?> sampler;

    /**
     * @param noise as it came, with its version pinned if there is no fault
     */
    record Verdict(NoiseBatch noise, Optional<Fault> fault) {}

    /**
     * @param defined whether there is a model of a name
     * @param live version that is live for a model
     */
    public Intake(Predicate<String> defined, Function<String, OptionalInt> live, Sampler<?> sampler) {
        this.defined = defined;
        this.live = live;
        this.sampler = sampler;
    }

    /**
     * @param full why nothing that users publish is taken now; empty if it is
     */
    Verdict judge(NoiseBatch noise, Instant now, Optional<String> full) {
        Optional<Fault> fault = NoiseCheck.fault(noise, now);
        if (fault.isPresent() || (noise.getPlanned() && noise.getVersion() != null)) {
            return new Verdict(noise, fault);
        }
        if (!defined.test(noise.getModel())) {
            return refused(noise, "unknown-model", "the model named is not defined");
        }
        if (full.isPresent()) {
            return refused(noise, "overloaded", full.get());
        }
        return pinned(noise);
    }

    private Verdict pinned(NoiseBatch noise) {
        OptionalInt version =
                noise.getVersion() == null ? live.apply(noise.getModel()) : OptionalInt.of(noise.getVersion());
        if (version.isEmpty()) {
            return refused(noise, "no-live-model", "model '" + noise.getModel() + "' has no live version yet");
        }
        NoiseBatch pinned =
                NoiseBatch.newBuilder(noise).setVersion(version.getAsInt()).build();
        return new Verdict(pinned, sampler.objection(pinned));
    }

    private static Verdict refused(NoiseBatch noise, String code, String message) {
        return new Verdict(noise, Optional.of(Fault.refused(code, message)));
    }
}
