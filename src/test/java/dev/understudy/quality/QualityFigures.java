package dev.understudy.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Measures what the packaged application learns from real data within a budget of CPU seconds, data set by data set, and
 * appends one JSON line for each figure to {@code target/quality.jsonl}. A figure that is not reached is reported, not
 * failed: the build fails if something could not be measured.
 *
 * <p>Where the table gives no horizon, a short run first learns what a step costs, so that the horizon of the schedules just fits
 * into the budget. Then a fresh start learns with that horizon. Measured is the version that is live when the budget is spent.
 *
 * <p>System properties: {@code quality} (names of data sets and of {@link SpeedFigures}, by comma; all if unset), {@code quality.budget} (CPU seconds
 * instead of the table's), {@code quality.seed} (of learning, 0), {@code quality.python} (the interpreter), {@code
 * quality.shared} (where scripts and data lie).
 */
class QualityFigures {
    private static final Path FILES = Path.of("target/quality");
    private static final Scripts SCRIPTS = Scripts.configured();
    private static final long SEED = Long.getLong("quality.seed", 0);
    private static final double PROBE_SHARE = 0.1;

    private static Optional<String> missing;

    @BeforeAll
    static void looksForScripts() throws InterruptedException {
        missing = SCRIPTS.missing();
        missing.ifPresent(reason -> System.out.println("quality: SKIPPED, nothing is measured: " + reason));
    }

    static Stream<String> dataSets() throws IOException {
        Map<String, Study> studies = Study.all();
        String chosen = System.getProperty("quality", "");
        List<String> names = new ArrayList<>(chosen.isEmpty() ? studies.keySet() : List.of(chosen.split(",", -1)));
        names.removeAll(SpeedFigures.NAMES);
        assertThat(studies.keySet()).as("data sets (-Dquality)").containsAll(names);
        return names.stream();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("dataSets")
    void areMeasured(String data) throws Exception {
        assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
        Study study = Study.all().get(data);
        double budget = Optional.ofNullable(System.getProperty("quality.budget"))
                .map(Double::valueOf)
                .orElse(study.budget());
        Path directory = fresh(FILES.resolve(data));
        Subject subject = Subject.of(data, directory, SCRIPTS);

        ObjectNode definition = study.definition().deepCopy().put("seed", SEED);
        probe(data, subject, definition, directory.resolve("probe"), budget);
        Mark mark;
        try (TrainingRun run = new TrainingRun(directory.resolve("run"), data)) {
            run.define(definition);
            run.publish(subject.upload());
            mark = Pacing.measured(run.train(budget, 1), budget);
            run.say("sampling version=%d steps=%d cpuSeconds=%.1f", mark.version(), mark.steps(), mark.cpuSeconds());
            subject.sample(run.samples(mark.version()));
        }
        report(study, subject.score(), conditions(data, budget, definition, mark));
    }

    /**
     * Puts into the definition the schema that the service infers; and, if it says none, the horizon that fits into the budget,
     * by a run of a tenth of it.
     */
    private static void probe(String data, Subject subject, ObjectNode definition, Path directory, double budget)
            throws Exception {
        try (TrainingRun run = new TrainingRun(directory, data)) {
            run.define(definition);
            definition.set("schema", run.publish(subject.upload()));
            if (!definition.has("horizon")) {
                Pacing pacing = Pacing.of(run.train(PROBE_SHARE * budget, 2));
                definition.put("horizon", pacing.horizon(budget, TrainingRun.ROUND_STEPS));
                run.say(
                        "probed stepsPerCpuSecond=%.1f horizon=%d",
                        1 / pacing.secondsPerStep(), definition.get("horizon").longValue());
            }
        }
    }

    private static ObjectNode conditions(String data, double budget, ObjectNode definition, Mark mark) {
        return Samples.JSON
                .createObjectNode()
                .put("data", data)
                .put("budget", budget)
                .put("spent", mark.cpuSeconds())
                .put("withinBudget", mark.cpuSeconds() <= budget)
                .put("steps", mark.steps())
                .put("horizon", definition.get("horizon").longValue())
                .put("seed", SEED)
                .put("version", mark.version())
                .put("at", Instant.now().toString());
    }

    private static void report(Study study, JsonNode scores, ObjectNode conditions) throws IOException {
        for (Figure figure : study.figures()) {
            double value = figure.value(scores).orElse(Double.NaN);
            QualityLines.append(figure.line(value, conditions));
        }
        assertThat(study.figures())
                .as("figures that the scripts gave")
                .allSatisfy(figure ->
                        assertThat(figure.value(scores)).as(figure.figure()).isPresent());
    }

    private static Path fresh(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> old = Files.walk(directory)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        return Files.createDirectories(directory);
    }
}
