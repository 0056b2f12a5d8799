package dev.understudy.api;

import dev.understudy.wire.LearningReport;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The latest report of each model's learner. <em>Thread safety</em>: safe. */
public final class ReportBoard {
    private final Map<String, LearningReport> reports = new ConcurrentHashMap<>();

    /** Takes a report as it was read from the topic. */
    public void post(String model, LearningReport report) {
        if (report == null) {
            reports.remove(model);
        } else {
            reports.put(model, report);
        }
    }

    /** The latest report on a model, if there is one. */
    Optional<LearningReport> report(String model) {
        return Optional.ofNullable(reports.get(model));
    }
}
