package dev.understudy.quality;

import dev.understudy.api.format.CsvRecords;
import dev.understudy.api.format.RowResult;
import dev.understudy.codec.LayoutLearner;
import dev.understudy.codec.RecordCodec;
import dev.understudy.codec.RecordLayout;
import dev.understudy.gan.Generator;
import dev.understudy.gan.Recipe;
import dev.understudy.gan.Trainer;
import dev.understudy.noise.Noise;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;

/**
 * Draws rows of a table on one thread, as the service does: noise, generator, codec, in batches. What the networks have learned
 * does not change the cost, so they have learned nothing. <em>Ownership</em>: close it.
 */
final class TableSampling implements AutoCloseable {
    private static final int BATCH = 256;

    private final RecordCodec codec;
    private final Generator generator;
    private final float[] noise;
    private final float[] given;
    private final float[] mask;

    private TableSampling(RecordLayout layout) {
        this.codec = new RecordCodec(layout);
        Recipe recipe = Recipe.preset("base", layout.shape());
        try (Trainer trainer = Trainer.create(layout.shape(), recipe, 1, new float[0])) {
            this.generator = trainer.snapshot();
        }
        this.noise = new float[BATCH * generator.noiseWidth()];
        this.given = new float[BATCH * layout.shape().width()];
        this.mask = new float[BATCH * layout.shape().fields()];
    }

    /** With the layout of the rows of a file of comma-separated values. */
    static TableSampling of(Path csv) throws IOException {
        try (InputStream file = Files.newInputStream(csv);
                var reader = CsvRecords.reader(file, "table")) {
            LayoutLearner learner = new LayoutLearner(reader.schema(), Map.of());
            for (RowResult row = reader.next(); row instanceof RowResult.Taken taken; row = reader.next()) {
                learner.observe(taken.record());
            }
            return new TableSampling(learner.learn());
        }
    }

    /**
     * Rows that one CPU second of the calling thread makes.
     *
     * @param batches to make, at least 1
     */
    double rowsPerCpuSecond(long seed, int batches) {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        int fields = 0;
        for (int batch = 0; batch < batches; batch++) {
            fields += draw(seed, batch).getSchema().getFields().size();
        }
        long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
        return fields == 0 ? 0 : 1e9 * batches * BATCH / nanos;
    }

    /** Rows of so many batches. */
    static long rows(int batches) {
        return (long) batches * BATCH;
    }

    /** Makes a batch, and returns its last record. */
    private GenericRecord draw(long seed, int batch) {
        int gumbels = generator.noiseWidth() - generator.latent();
        for (int row = 0; row < BATCH; row++) {
            long index = (long) batch * BATCH + row;
            Noise.fill(seed, index, Double.POSITIVE_INFINITY, generator.latent(), gumbels, noise, row);
        }
        float[] rows = generator.generate(noise, given, mask, BATCH);
        GenericRecord record = null;
        for (int row = 0; row < BATCH; row++) {
            record = codec.decode(rows, row);
        }
        return record;
    }

    @Override
    public void close() {
        generator.close();
    }
}
