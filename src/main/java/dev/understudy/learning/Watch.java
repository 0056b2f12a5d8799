package dev.understudy.learning;

import dev.understudy.codec.FieldProblem;
import dev.understudy.codec.Hint;
import dev.understudy.codec.LayoutLearner;
import dev.understudy.codec.RecordLayout;
import dev.understudy.codec.RefreshedLayout;
import dev.understudy.learning.Drift.Moved;
import dev.understudy.learning.replay.Replay;
import dev.understudy.learning.train.RecordRows;
import dev.understudy.noise.Noise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;

/**
 * Watches the records that arrive under a layout, {@value #WINDOW} at a time, and lays those fields out anew that have drifted:
 * by the records of the window, and as many that the replay would draw. So the present weighs as much as all that is remembered,
 * whether that is an hour or a year; statistics of everything since the layout was learned would hardly show what came last, and
 * those of the window alone would unlearn the past. What is drawn of the window itself counts twice. Scores that are off in the
 * window, but not in both together, are left as they are: the layout is a compromise already. A window that a restart cuts
 * short is lost, and the next one does as well.
 *
 * <p><em>Thread safety</em>: one owner. Bounded by the fields of the layout and the records of two windows.
 */
final class Watch {
    static final int WINDOW = 2_000;

    private final RecordLayout layout;
    private final RecordRows rows;
    private final Map<String, Hint> hints;
    private final Set<String> told = new HashSet<>();
    private Drift drift;
    private LayoutLearner window;
    private Map<String, Double> distances = Map.of();

    /**
     * @param rows in the layout
     * @param hints under which the layout was learned
     */
    Watch(RecordLayout layout, RecordRows rows, Map<String, Hint> hints) {
        this.layout = layout;
        this.rows = rows;
        this.hints = hints;
        begin();
    }

    private void begin() {
        drift = new Drift(layout);
        window = LayoutLearner.of(layout, hints);
    }

    /**
     * What came of a window with drift.
     *
     * @param refreshed the layout as it is to be
     * @param moved fields that have drifted
     * @param problems in the way of fields that should have been laid out anew, each told once
     */
    record Finding(RefreshedLayout refreshed, List<Moved> moved, List<FieldProblem> problems) {

        /** Whether some fields are laid out anew. */
        boolean refreshes() {
            return !refreshed.relearned().isEmpty();
        }

        /** What was done and what could not be, in sentences that name no values. */
        String text() {
            String fields = moved.stream()
                    .filter(field -> !refreshes() || refreshed.relearned().contains(field.field()))
                    .map(Moved::text)
                    .collect(Collectors.joining(", "));
            String done = refreshes() ? "The layout was refreshed: " : "The layout stays in spite of drift: ";
            return Stream.concat(
                            Stream.of(done + fields + "."), problems.stream().map(FieldProblem::message))
                    .collect(Collectors.joining(" "));
        }
    }

    /**
     * Takes a record.
     *
     * @param row that it became
     * @param unknown fields whose values the layout does not know
     * @throws dev.understudy.codec.UnsuitableValueException if a value could never be learned; nothing is taken then
     */
    void observe(GenericRecord record, float[] row, List<String> unknown) {
        window.observe(record);
        drift.observe(row, unknown);
    }

    /** By field how far the records of the last full window were from the layout, see {@link Drift#distances}. */
    Map<String, Double> distances() {
        return distances;
    }

    /** Whether a window is full. */
    boolean isDue() {
        return drift.records() >= WINDOW;
    }

    /**
     * Looks at what the window holds and begins the next.
     *
     * @param replay that holds it and what came before
     * @param progress that knows which fields are to be left alone
     */
    Optional<Finding> look(Replay replay, Progress progress) {
        List<Moved> moved = drift.moved().stream()
                .filter(field -> !progress.rests(field.field()))
                .toList();
        distances = drift.distances();
        Optional<Finding> finding = moved.isEmpty() ? Optional.empty() : find(moved, replay, progress.seen());
        begin();
        return finding;
    }

    private Optional<Finding> find(List<Moved> inWindow, Replay replay, long seen) {
        LayoutLearner learner = LayoutLearner.of(layout, hints);
        remembered(replay, seen).forEach(record -> {
            learner.observe(record);
            List<String> unknown = new ArrayList<>();
            drift.observe(rows.encode(record, Noise.draws(seen, drift.records()), unknown::add), unknown);
        });
        learner.merge(window);
        Set<String> inBoth = drift.moved().stream().map(Moved::field).collect(Collectors.toSet());
        List<Moved> moved = inWindow.stream()
                .filter(field -> field.unknown() > 0 || inBoth.contains(field.field()))
                .toList();
        return find(moved, learner);
    }

    private Optional<Finding> find(List<Moved> moved, LayoutLearner learner) {
        RefreshedLayout refreshed =
                learner.refresh(layout, moved.stream().map(Moved::field).collect(Collectors.toSet()));
        List<FieldProblem> problems = refreshed.problems().stream()
                .filter(problem -> told.add(problem.field()))
                .toList();
        Finding finding = new Finding(refreshed, moved, problems);
        return finding.refreshes() || !problems.isEmpty() ? Optional.of(finding) : Optional.empty();
    }

    /** As many records as are in a window, or as there are, none of them twice. */
    private Stream<GenericRecord> remembered(Replay replay, long seen) {
        Set<byte[]> drawn = Collections.newSetFromMap(new IdentityHashMap<>());
        int count = Math.min(WINDOW, replay.size());
        // Apart from the draws of any step.
        return count == 0
                ? Stream.empty()
                : replay.draw(-1 - seen, count).stream().filter(drawn::add).map(this::read);
    }

    private GenericRecord read(byte[] bytes) {
        try {
            return AvroBytes.read(bytes, layout.schema(), layout.schema());
        } catch (IOException e) {
            throw new UncheckedIOException("a remembered record of " + bytes.length + " bytes cannot be read back", e);
        }
    }
}
