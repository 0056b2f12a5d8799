package dev.understudy.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.apache.avro.generic.GenericRecord;

/** Whatever comes after a layout was learned, a refreshed one knows it as well, and networks can go on in it. */
class LayoutRefreshProperties {

    @Property(tries = 100, seed = "20261125")
    void knowsAllThatItWasLearnedFromBeforeAndSince(
            @ForAll("records") @Size(min = 2, max = 40) List<GenericRecord> before,
            @ForAll("records") @Size(min = 1, max = 40) List<GenericRecord> since) {
        RefreshedLayout refreshed = refreshed(before, since);
        RecordCodec codec = new RecordCodec(refreshed.layout());
        float[] row = new float[codec.shape().width()];
        Set<String> unknown = new HashSet<>();
        Stream.concat(before.stream(), since.stream())
                .forEach(record -> codec.encode(record, Rows.draws(1), row, 0, unknown::add));
        assertThat(refreshed.problems()).extracting(FieldProblem::field).containsAll(unknown);
    }

    @Property(tries = 100, seed = "20261125")
    void aFloatGoesOnOnceAndOnlyAsOneOfItsKind(
            @ForAll("records") @Size(min = 2, max = 40) List<GenericRecord> before,
            @ForAll("records") @Size(min = 1, max = 40) List<GenericRecord> since) {
        RefreshedLayout refreshed = refreshed(before, since);
        RowShape former = refreshed.former().shape();
        RowShape next = refreshed.layout().shape();
        int[] origins = refreshed.origins();
        List<Integer> kept = new ArrayList<>();
        for (int place = 0; place < origins.length; place++) {
            if (origins[place] >= 0) {
                kept.add(origins[place]);
                assertThat(kind(former, origins[place])).isEqualTo(kind(next, place));
                assertThat(field(former, origins[place])).isEqualTo(field(next, place));
            }
        }
        assertThat(kept).doesNotHaveDuplicates();
        Set<String> relearned = Set.copyOf(refreshed.relearned());
        IntStream.range(0, origins.length).filter(place -> origins[place] < 0).forEach(place -> assertThat(relearned)
                .anyMatch(field(next, place)::startsWith));
    }

    private static RefreshedLayout refreshed(List<GenericRecord> before, List<GenericRecord> since) {
        LayoutLearner learner = LearnerMergeProperties.learner(before);
        Assume.that(learner.problems().isEmpty());
        RecordLayout layout = learner.learn();
        learner.merge(LearnerMergeProperties.learner(since));
        Set<String> all = LearnerMergeProperties.SCHEMA.getFields().stream()
                .map(field -> field.name())
                .collect(Collectors.toSet());
        return learner.refresh(layout, all);
    }

    private static String kind(RowShape shape, int place) {
        return place < shape.choices()
                ? "choice"
                : place < shape.choices() + shape.scalars() ? "scalar" : "separate value";
    }

    private static String field(RowShape shape, int place) {
        return shape.spans().get(shape.owners()[place]).field();
    }

    @Provide
    Arbitrary<List<GenericRecord>> records() {
        return LearnerMergeProperties.anyRecords();
    }
}
