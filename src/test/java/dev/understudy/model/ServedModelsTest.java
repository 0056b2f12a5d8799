package dev.understudy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.codec.LayoutLearner;
import dev.understudy.codec.RecordLayout;
import dev.understudy.gan.Generator;
import dev.understudy.wire.ModelAnnouncement;
import dev.understudy.wire.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedModelsTest {
    private static final Schema SCHEMA = SchemaBuilder.record("Point")
            .fields()
            .requiredDouble("x")
            .requiredBoolean("high")
            .endRecord();

    @TempDir
    Path directory;

    private final ModelCatalog catalog = new ModelCatalog();
    private ModelStore store;
    private ServedModels served;

    @BeforeEach
    void open() {
        store = new ModelStore(directory);
        served = new ServedModels(catalog, store, 1);
    }

    @AfterEach
    void close() {
        served.close();
    }

    @Test
    void theNewestPromotedVersionIsLive() {
        assertThat(served.live("points")).isEmpty();
        announce(1, Verdict.PROMOTED);
        announce(2, Verdict.PROMOTED);
        announce(3, Verdict.HELD);
        assertThat(served.live("points")).hasValue(2);
    }

    @Test
    void aLeasedVersionOutlivesASwap() {
        announce(1, Verdict.PROMOTED);
        try (ServedModels.Lease old = served.lease("points", 1)) {
            float[] before = generate(old);
            announce(2, Verdict.PROMOTED);
            announce(3, Verdict.PROMOTED);
            served.lease("points", 2).close();
            served.lease("points", 3).close();

            assertThat(generate(old)).isEqualTo(before);
            assertThat(old.model().version()).isEqualTo(1);
        }
    }

    @Test
    void anEvictedVersionComesBackTheSame() {
        announce(1, Verdict.PROMOTED);
        announce(2, Verdict.PROMOTED);
        float[] first;
        Generator evicted;
        try (ServedModels.Lease lease = served.lease("points", 1)) {
            first = generate(lease);
            evicted = lease.model().generator();
        }
        served.lease("points", 2).close();
        try (ServedModels.Lease lease = served.lease("points", 1)) {
            assertThat(lease.model().generator()).isNotSameAs(evicted);
            assertThat(generate(lease)).isEqualTo(first);
        }
    }

    @Test
    void aCorruptVersionIsRefusedAndTheOneBeforeStaysLive() throws IOException {
        announce(1, Verdict.PROMOTED);
        String sha256 = announce(2, Verdict.PROMOTED);
        Path file = store.get(sha256);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);

        assertThat(served.live("points")).hasValue(1);
        assertUnavailable(2, "corrupt-weights");
    }

    @Test
    void aFileThatComesBackIsServedAgain() throws IOException {
        String sha256 = announce(1, Verdict.PROMOTED);
        Path file = store.get(sha256);
        Path away = directory.resolve("away");
        Files.move(file, away);
        assertThat(served.live("points"))
                .as("named, so that its lease says why")
                .hasValue(1);
        assertUnavailable(1, "unavailable-weights");

        Files.move(away, file);
        assertThat(served.live("points")).hasValue(1);
    }

    @Test
    void whatWasNeverPromotedOrIsRetiredCannotBeLeased() {
        announce(1, Verdict.RETIRED);
        announce(2, Verdict.HELD);
        assertUnavailable(1, "retired-version");
        assertUnavailable(2, "unknown-version");
        assertUnavailable(7, "unknown-version");
    }

    private void assertUnavailable(int version, String code) {
        assertThatThrownBy(() -> served.lease("points", version))
                .isInstanceOfSatisfying(ModelUnavailableException.class, e -> assertThat(e.code())
                        .isEqualTo(code))
                .hasMessageContaining(Integer.toString(version));
    }

    private String announce(int version, Verdict verdict) {
        ModelAnnouncement announcement = Untrained.put(store, "points", version, layout(), "small");
        catalog.announce(
                ModelAnnouncement.newBuilder(announcement).setVerdict(verdict).build());
        return announcement.getSha256();
    }

    private static RecordLayout layout() {
        LayoutLearner learner = new LayoutLearner(SCHEMA, Map.of());
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            GenericData.Record record = new GenericData.Record(SCHEMA);
            record.put("x", random.nextGaussian());
            record.put("high", random.nextBoolean());
            learner.observe(record);
        }
        return learner.learn();
    }

    private static float[] generate(ServedModels.Lease lease) {
        Generator generator = lease.model().generator();
        int batch = 16;
        float[] noise = new float[batch * generator.noiseWidth()];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) Math.sin(i);
        }
        int width = generator.shape().width();
        int fields = generator.shape().fields();
        return generator.generate(noise, new float[batch * width], new float[batch * fields], batch);
    }
}
