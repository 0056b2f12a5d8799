package dev.understudy.sampling.generate;

import dev.understudy.codec.Given;
import dev.understudy.codec.MadeRows;
import dev.understudy.codec.Span;
import dev.understudy.gan.Generator;
import dev.understudy.noise.Noise;
import dev.understudy.noise.Walk;
import dev.understudy.wire.NoiseBatch;
import java.util.List;

/** The input of one forward pass, filled slice by slice. Not thread-safe. */
final class ForwardPass {
    private final Generator generator;
    private final int count;
    private final int noiseWidth;
    private final float[] noise;
    private float[] given = new float[0];
    private final float[] mask;
    private int row;

    /**
     * @param count rows of the pass
     */
    ForwardPass(Generator generator, int count) {
        this.generator = generator;
        this.count = count;
        this.noiseWidth = generator.noiseWidth();
        this.noise = new float[count * noiseWidth];
        this.mask = new float[count * generator.shape().fields()];
    }

    /** Fills the next rows. */
    void add(Slice slice, Given values) {
        for (int i = 0; i < slice.count(); i++, row++) {
            draw(slice, i);
            if (!values.isEmpty()) {
                encode(values, slice.noise(), slice.index(i));
            }
        }
    }

    private void draw(Slice slice, int i) {
        NoiseBatch source = slice.noise();
        double truncation = source.getTruncation() == null ? Double.POSITIVE_INFINITY : source.getTruncation();
        int latent = generator.latent();
        int uniforms = noiseWidth - latent;
        if (source.getSteps() == null) {
            Noise.fill(source.getSeed(), slice.index(i), truncation, latent, uniforms, noise, row);
        } else {
            walk(source).fill(slice.index(i), truncation, latent, uniforms, noise, row);
        }
        List<Float> latents = source.getLatents();
        if (latents != null) {
            int from = (slice.from() + i) * latent;
            for (int j = 0; j < latent; j++) {
                noise[row * noiseWidth + j] = latents.get(from + j);
            }
        }
    }

    private void encode(Given values, NoiseBatch source, long index) {
        if (given.length == 0) {
            given = new float[count * generator.shape().width()];
        }
        boolean isWalk = source.getSteps() != null;
        values.encode(isWalk ? walk(source).draws(index) : Noise.draws(source.getSeed(), index), given, mask, row);
    }

    private static Walk walk(NoiseBatch source) {
        return new Walk(source.getFrom(), source.getTo(), source.getSteps());
    }

    /**
     * Runs the generator.
     *
     * @param pixels the spans whose pixels are to be bytes
     */
    MadeRows run(List<Span> pixels) {
        return generator.generate(noise, given, mask, count, pixels);
    }
}
