package dev.understudy.learning;

import dev.understudy.codec.FieldProblem;
import dev.understudy.codec.LayoutLearner;
import dev.understudy.codec.RecordLayout;
import dev.understudy.codec.UnsuitableValueException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Collects the first records of a topic until a layout can be learned from them. Bounded in records and bytes. */
final class WarmUp {
    private static final long MAX_BYTES = 32L << 20;

    private final LearningSettings settings;
    private final LayoutLearner learner;
    private final List<Arrival> arrivals = new ArrayList<>();
    private Instant firstArrival = Instant.MAX;
    private Instant lastArrival = Instant.EPOCH;
    private long bytes;

    WarmUp(LearningSettings settings, LayoutLearner learner) {
        this.settings = settings;
        this.learner = learner;
    }

    /**
     * Takes a record.
     *
     * @throws UnsuitableValueException if a value cannot be learned
     */
    void take(Arrival arrival, Instant now) {
        learner.observe(arrival.record());
        arrivals.add(arrival);
        bytes += arrival.bytes().length;
        firstArrival = arrivals.size() == 1 ? now : firstArrival;
        lastArrival = now;
    }

    /**
     * Whether there are enough records, or enough for a quiet topic. A topic that comes in a rush is waited for, as the
     * first records of a file that is sorted say little of the others.
     */
    boolean isReady(Instant now) {
        boolean quiet = lastArrival.plus(settings.quiet()).isBefore(now);
        if (arrivals.size() < settings.leastRecords()) {
            return false;
        }
        boolean enough = arrivals.size() >= settings.warmUpRecords();
        boolean rush = !quiet && now.isBefore(firstArrival.plus(settings.quiet().multipliedBy(2)));
        return bytes >= MAX_BYTES || (enough && !rush) || (quiet && problems().isEmpty());
    }

    /** Why what was collected cannot be learned; empty if it can. */
    List<FieldProblem> problems() {
        return learner.problems();
    }

    RecordLayout layout() {
        return learner.learn();
    }

    /** What was collected, in order. */
    List<Arrival> arrivals() {
        return arrivals;
    }

    /** What it waits for, one sentence. */
    String waitingFor() {
        return "Collecting the first records, " + arrivals.size() + " so far; learning begins from "
                + settings.warmUpRecords() + " once they no longer come in a rush, or from " + settings.leastRecords()
                + " once the topic is quiet.";
    }
}
