package dev.understudy.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A picture: {@code [height, width, channels]} in the record, {@code [channels, height, width]} in [-1, 1] in a row. If some
 * records lacked it, its choice is missing or present.
 */
final class ImageField implements LearnedField {
    static final String KIND = "image";

    private final SchemaField source;
    private final Span.Image shape;
    private final float[] frequencies;
    private final Pixels pixels;

    /**
     * @param frequencies of missing and present; empty if it was never missing
     */
    ImageField(SchemaField source, float[] frequencies, Pixels pixels) {
        this.source = source;
        this.shape = shape(source);
        this.frequencies = frequencies;
        this.pixels = pixels;
    }

    static Span.Image shape(SchemaField source) {
        List<Integer> sides = source.hint().shape();
        return new Span.Image(sides.get(0), sides.get(1), sides.get(2));
    }

    static ImageField read(SchemaField source, JsonNode json) {
        Pixels pixels = Pixels.of(
                source,
                json.required("black").asDouble(),
                json.required("white").asDouble());
        return new ImageField(source, LayoutJson.floats(json.required("frequencies")), pixels);
    }

    @Override
    public void describe(ObjectNode json) {
        json.put("kind", KIND).put("black", pixels.black()).put("white", pixels.white());
        LayoutJson.addAll(json.putArray("frequencies"), frequencies);
    }

    @Override
    public SchemaField source() {
        return source;
    }

    @Override
    public float[] frequencies() {
        return frequencies;
    }

    @Override
    public Span.Value value() {
        return shape;
    }

    @Override
    public boolean seenMissing() {
        return frequencies.length > 0;
    }

    @Override
    public int encode(Object key, UniformRandomProvider draws, float[] rows, int choiceAt, int valueAt) {
        Choice.write(rows, choiceAt, frequencies.length, key == null ? 0 : 1);
        if (key == null) {
            java.util.Arrays.fill(rows, valueAt, valueAt + shape.width(), 0);
            return seenMissing() ? 0 : 1;
        }
        pixels.encode(key, rows, valueAt);
        return 0;
    }

    @Override
    public Object decode(float[] rows, int choiceAt, int valueAt) {
        return seenMissing() && Choice.read(rows, choiceAt, 2) == 0 ? null : pixels.decode(rows, valueAt);
    }

    @Override
    public void admit(Object key) {
        throw source.unsuitable("not-givable", "is an image, which cannot be given: remove it from what is given.");
    }

    /** Finds the range of an image's numbers. */
    static final class Learner implements FieldLearner {
        private final SchemaField source;
        private final Pixels pixels;
        private long present;
        private long missing;
        private double black = Double.POSITIVE_INFINITY;
        private double white = Double.NEGATIVE_INFINITY;

        Learner(SchemaField source) {
            this.source = source;
            this.pixels = Pixels.of(source, 0, 255);
        }

        @Override
        public void check(Object key) {
            if (key != null) {
                pixels.check(key);
            }
        }

        @Override
        public void observe(Object key) {
            if (key == null) {
                missing++;
                return;
            }
            present++;
            black = Math.min(black, pixels.smallest(key));
            white = Math.max(white, pixels.largest(key));
        }

        @Override
        public Optional<FieldProblem> problem() {
            return Optional.empty();
        }

        @Override
        public boolean constant() {
            return present == 0;
        }

        @Override
        public LearnedField learn() {
            if (present == 0) {
                return new ConstantField(source, null);
            }
            float[] frequencies = missing == 0 ? new float[0] : Choice.shares(new long[] {missing, present});
            return new ImageField(source, frequencies, Pixels.of(source, black, Math.max(white, black + 1e-9)));
        }
    }
}
