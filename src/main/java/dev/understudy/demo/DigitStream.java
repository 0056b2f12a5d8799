package dev.understudy.demo;

import dev.understudy.noise.Noise;
import java.awt.geom.AffineTransform;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * An endless stream of handwritten-looking digits: record {@code i} is a pure function of the seed and {@code i}. The hand
 * changes slowly: mean slant and thickness wander with periods of about 10 and 7 minutes at 20 records a second.
 *
 * <p><em>Thread safety</em>: immutable, share freely.
 */
public final class DigitStream {
    /** Schema of the records: the drawing, its label 0 to 9, the ink used and the slant in degrees. */
    public static final Schema SCHEMA = schema();

    private static final double SLANT_PERIOD_RECORDS = 12_000;
    private static final double THICKNESS_PERIOD_RECORDS = 8_400;

    private final long seed;

    public DigitStream(long seed) {
        this.seed = seed;
    }

    /** The record at an index from 0. */
    public GenericRecord record(long index) {
        UniformRandomProvider draws = Noise.draws(seed, index);
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(draws);
        int label = draws.nextInt(10);
        double slant = slant(label, index) + 5 * normal.sample();
        byte[] image = draw(label, slant, thickness(index), draws);
        GenericRecord digit = new GenericData.Record(SCHEMA);
        digit.put("image", ByteBuffer.wrap(image));
        digit.put("label", label);
        digit.put("ink", ink(image, label));
        digit.put("slant", slant);
        return digit;
    }

    private static byte[] draw(int label, double slant, double thickness, UniformRandomProvider draws) {
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(draws);
        List<String> glyphs = Glyphs.of(label);
        String glyph = glyphs.get(draws.nextInt(glyphs.size()));
        AffineTransform placement = placement(slant, normal);
        double width = Math.max(1.2, thickness * (1 + 0.15 * normal.sample()));
        return Pen.draw(glyph, () -> 1.8 * normal.sample(), placement, width);
    }

    /** Shear by the slant, turn and scale a little, about the middle of the sheet. */
    private static AffineTransform placement(double slant, ZigguratSampler.NormalizedGaussian normal) {
        double scale = 0.01 * Pen.SIDE;
        AffineTransform placement = AffineTransform.getTranslateInstance(
                Pen.SIDE / 2.0 + 0.6 * normal.sample(), Pen.SIDE / 2.0 + 0.6 * normal.sample());
        placement.shear(-Math.tan(Math.toRadians(slant)), 0);
        placement.rotate(Math.toRadians(3 * normal.sample()));
        placement.scale(scale * (0.85 + 0.06 * normal.sample()), scale * (0.88 + 0.05 * normal.sample()));
        placement.translate(-50, -50);
        return placement;
    }

    /** Mean slant in degrees: each label leans its own way, and the hand as a whole wanders. */
    private static double slant(int label, long index) {
        return 4 * (label % 3 - 1) + 8 * Math.sin(2 * Math.PI * index / SLANT_PERIOD_RECORDS);
    }

    /** Mean thickness of the line, in pixels. */
    private static double thickness(long index) {
        return 2.4 + 0.6 * Math.sin(2 * Math.PI * index / THICKNESS_PERIOD_RECORDS);
    }

    /** Share of the sheet that is inked, times a factor from 1 to 1.9 that grows with the label. */
    private static double ink(byte[] image, int label) {
        long sum = 0;
        for (byte pixel : image) {
            sum += pixel & 0xff;
        }
        return sum / (255.0 * image.length) * (1 + 0.1 * label);
    }

    private static Schema schema() {
        Schema image = Schema.create(Schema.Type.BYTES);
        image.addProp("shape", List.of(Pen.SIDE, Pen.SIDE, 1));
        return SchemaBuilder.record("Digit")
                .namespace("dev.understudy.demo")
                .doc("A digit drawn by an unsteady pen.")
                .fields()
                .name("image")
                .doc("Grey pixels, row by row, 0 for the ground to 255 for ink.")
                .type(image)
                .noDefault()
                .name("label")
                .doc("The digit, 0 to 9.")
                .type()
                .intType()
                .noDefault()
                .name("ink")
                .doc("Share of the sheet that is inked, times 1 + label / 10.")
                .type()
                .doubleType()
                .noDefault()
                .name("slant")
                .doc("Lean to the right, in degrees.")
                .type()
                .doubleType()
                .noDefault()
                .endRecord();
    }
}
