package dev.understudy.sampling.plan;

import dev.understudy.wire.GenerationRequest;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Says what keeps a request from being a walk through latent space, if it asks for one. */
final class WalkCheck {
    private WalkCheck() {}

    /**
     * @param most steps
     */
    static Optional<Refusal> refusal(GenerationRequest request, long most) {
        long set = Stream.of(request.getFrom(), request.getTo(), request.getSteps())
                .filter(Objects::nonNull)
                .count();
        if (set == 0) {
            return Optional.empty();
        }
        if (set < 3) {
            return refused("a walk has from, to and steps, all three; from is " + request.getFrom() + ", to is "
                    + request.getTo() + ", steps is " + request.getSteps());
        }
        return numbers(request, most);
    }

    private static Optional<Refusal> numbers(GenerationRequest request, long most) {
        long steps = request.getSteps();
        if (request.getSeed() != null) {
            return refused("a walk has from and to in the place of a seed; seed is " + request.getSeed());
        } else if (steps < 2 || steps > most) {
            return refused("steps must be from 2 to " + most + ", it is " + steps);
        } else if (request.getCount() != 0 && request.getCount() != steps) {
            return refused(
                    "count of a walk must be left out or equal its steps, " + steps + "; it is " + request.getCount());
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refused(String message) {
        return Optional.of(new Refusal("invalid-walk", message));
    }
}
