package dev.understudy.learning.evaluate;

import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * A random two-layer network, fixed by its seed, in whose space rows are compared. The first layer sees each field alone and
 * scales what it finds to total variance 1 over the reference rows, so that an image of 784 pixels weighs as much as a label
 * and no more; the second mixes the fields, so that a wrong combination of right values shows.
 *
 * <p>A random network is a weaker judge of images than a trained one, but it knows any kind of record, it cannot be gamed by
 * training, and its scores can be compared between versions of a model.
 *
 * <p><em>Thread safety</em>: immutable.
 */
final class Embedding {
    /** Coordinates of an embedded row. */
    static final int WIDTH = 128;

    private final int rowWidth;
    private final List<FieldFeatures> fields = new ArrayList<>();
    private final Dense mix;

    /**
     * @param reference rows that fix the scales, {@code [count, shape.width()]}
     */
    Embedding(RowShape shape, long seed, float[] reference, int count) {
        this.rowWidth = shape.width();
        UniformRandomProvider draws = RandomSource.XO_SHI_RO_256_PP.create(seed);
        for (Span span : shape.spans()) {
            fields.add(FieldFeatures.fit(span, rowWidth, draws, reference, count));
        }
        int features = fields.stream().mapToInt(FieldFeatures::width).sum();
        Dense unscaled = Dense.random(features, WIDTH, draws);
        this.mix = unscaled.standardised(Math.sqrt(WIDTH), features(reference, count));
    }

    /** Embeds rows {@code [count, rowWidth]}. */
    Points embed(float[] rows, int count) {
        return mix.apply(features(rows, count));
    }

    private Points features(float[] rows, int count) {
        int width = fields.stream().mapToInt(FieldFeatures::width).sum();
        float[] features = new float[count * width];
        for (int row = 0; row < count; row++) {
            int offset = row * width;
            for (FieldFeatures field : fields) {
                field.write(rows, row * rowWidth, features, offset);
                offset += field.width();
            }
        }
        return new Points(features, count, width);
    }
}
