package dev.understudy.sampling.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.codec.LayoutLearner;
import dev.understudy.codec.RecordLayout;
import dev.understudy.kafka.Provenance;
import dev.understudy.kafka.Recipes;
import dev.understudy.kafka.WireRecords;
import dev.understudy.model.ModelCatalog;
import dev.understudy.model.ModelStore;
import dev.understudy.model.ModelUnavailableException;
import dev.understudy.model.ServedModels;
import dev.understudy.model.Untrained;
import dev.understudy.wire.ModelAnnouncement;
import dev.understudy.wire.NoiseBatch;
import dev.understudy.wire.RequestStatus;
import dev.understudy.wire.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real codec and a real, untrained, generator behind the sampler. */
class ServedSamplerTest {
    private static final Schema SCHEMA = SchemaBuilder.record("Purchase")
            .fields()
            .requiredDouble("price")
            .name("shop")
            .type()
            .enumeration("Shop")
            .symbols("NORTH", "SOUTH")
            .noDefault()
            .endRecord();

    @TempDir
    static Path directory;

    private static ServedModels served;
    private static ServedSampler sampler;
    private static int latent;

    @BeforeAll
    static void serve() {
        WireRecords.trust();
        ModelStore store = new ModelStore(directory);
        ModelAnnouncement live = Untrained.put(store, "m", 1, layout(), "small");
        latent = live.getLatent();
        ModelCatalog catalog = new ModelCatalog();
        catalog.announce(live);
        catalog.announce(ModelAnnouncement.newBuilder(live)
                .setVersion(3)
                .setVerdict(Verdict.RETIRED)
                .build());
        served = new ServedModels(catalog, store, 1);
        sampler = new ServedSampler(served, Phases.untold());
    }

    @AfterAll
    static void close() {
        served.close();
    }

    @Test
    void makesTheSameSampleWhateverItRidesWith() {
        NoiseBatch noise = noise(n -> n.setSeed(3).setCount(10));
        NoiseBatch other = noise(n -> n.setSeed(4).setCount(6));

        List<GenericRecord> together = sampler.sample(List.of(new Slice(other, 0, 6), new Slice(noise, 0, 10)));

        for (int i = 0; i < 10; i++) {
            assertThat(sampler.sample(List.of(new Slice(noise, i, 1)))).containsExactly(together.get(6 + i));
        }
    }

    @Test
    void samplesValidateAndDiffer() {
        List<GenericRecord> samples = sampler.sample(List.of(new Slice(noise(n -> n.setCount(16)), 0, 16)));

        assertThat(samples).allSatisfy(sample -> assertThat(GenericData.get().validate(SCHEMA, sample))
                .isTrue());
        assertThat(samples).extracting(sample -> sample.get("price")).doesNotHaveDuplicates();
    }

    @Test
    void everySampleHasWhatIsGiven() {
        NoiseBatch noise = noise(n -> n.setCount(8).setGiven(Map.of("shop", "SOUTH", "price", 1.25)));

        assertThat(sampler.sample(List.of(new Slice(noise, 0, 8)))).allSatisfy(sample -> {
            assertThat(sample.get("shop")).hasToString("SOUTH");
            assertThat(sample.get("price")).isEqualTo(1.25);
        });
    }

    @Test
    void takesLatentsAsTheyAre() {
        NoiseBatch same = noise(n -> n.setCount(2).setLatents(Collections.nCopies(2 * latent, 0.5f)));
        NoiseBatch drawn = noise(n -> n.setCount(2));

        assertThat(sampler.objection(same)).isEmpty();
        assertThat(sampler.sample(List.of(new Slice(same, 0, 2))))
                .isNotEqualTo(sampler.sample(List.of(new Slice(drawn, 0, 2))));
    }

    @Test
    void aWalkEndsAtTheFirstSamplesOfItsSeeds() {
        Map<String, Object> given = Map.of("price", 1.25);
        NoiseBatch walk = noise(n -> n.setFrom(5L)
                .setTo(6L)
                .setSteps(10L)
                .setCount(10)
                .setTruncation(0.8)
                .setGiven(given));

        List<GenericRecord> samples = sampler.sample(List.of(new Slice(walk, 0, 10)));

        assertThat(samples.get(0))
                .isEqualTo(first(n -> n.setSeed(5).setTruncation(0.8).setGiven(given)));
        assertThat(samples.get(9))
                .isEqualTo(first(n -> n.setSeed(6).setTruncation(0.8).setGiven(given)));
    }

    @Test
    void aWalkGoesTheWayInSmallSteps() {
        NoiseBatch walk = noise(n -> n.setFrom(5L).setTo(6L).setSteps(1001L).setCount(1001));
        List<Double> prices = new ArrayList<>();
        for (int i = 0; i < 1001; i += 7) {
            prices.add((Double)
                    sampler.sample(List.of(new Slice(walk, i, 1))).get(0).get("price"));
        }

        double way = IntStream.range(1, prices.size())
                .mapToDouble(i -> Math.abs(prices.get(i) - prices.get(i - 1)))
                .max()
                .orElseThrow();
        double range = Collections.max(prices) - Collections.min(prices);
        assertThat(range).isPositive();
        assertThat(way).isLessThan(range / 4);
    }

    private static GenericRecord first(Consumer<NoiseBatch.Builder> more) {
        return sampler.sample(List.of(new Slice(noise(more), 0, 1))).get(0);
    }

    @Test
    void makesASampleAgainWithoutTheOthersOfItsBatch() {
        Regenerator regenerator = new Regenerator("m"::equals, new ServedSampler(served, Phases.untold()));
        NoiseBatch batch =
                noise(n -> n.setSeed(9).setCount(16).setTruncation(1.0).setGiven(Map.of("shop", "NORTH")));
        List<GenericRecord> made = sampler.sample(List.of(new Slice(batch, 0, 16)));

        for (int i = 0; i < 16; i++) {
            NoiseBatch recipe = Recipes.read(headers(batch, i));
            assertThat(regenerator.objection(recipe, Instant.EPOCH)).isEmpty();
            assertThat(regenerator.regenerate(recipe)).isEqualTo(made.get(i));
        }
        assertThat(regenerator.objection(noise(n -> n.setModel("absent")), Instant.EPOCH))
                .hasValueSatisfying(fault -> assertThat(fault.code()).isEqualTo("unknown-model"));
        assertThat(regenerator.objection(noise(n -> n.setVersion(2)), Instant.EPOCH))
                .hasValueSatisfying(fault -> assertThat(fault.code()).isEqualTo("unknown-version"));
        assertThat(regenerator.objection(noise(n -> n.setVersion(3)), Instant.EPOCH))
                .hasValueSatisfying(fault -> assertThat(fault.code()).isEqualTo("retired-version"));
    }

    private static Map<String, String> headers(NoiseBatch noise, long index) {
        return Arrays.stream(new Provenance().of(noise, index).toArray())
                .collect(Collectors.toMap(Header::key, header -> new String(header.value(), StandardCharsets.UTF_8)));
    }

    @Test
    void objectsToMoreGivenThanHeadersHold() {
        assertThat(sampler.objection(noise(n -> n.setGiven(Map.of("shop", "x".repeat(131_072))))))
                .hasValueSatisfying(fault -> {
                    assertThat(fault.code()).isEqualTo("too-large");
                    assertThat(fault.message()).contains("at most 131072 bytes").contains("it is 131076 bytes");
                });
    }

    @Test
    void objectsToLatentsOfAnotherWidthToWrongValuesAndToUnknownVersions() {
        assertThat(sampler.objection(noise(n -> n.setLatents(List.of(1f))))).hasValueSatisfying(fault -> {
            assertThat(fault.status()).isEqualTo(RequestStatus.REFUSED);
            assertThat(fault.code()).isEqualTo("invalid-latents");
            assertThat(fault.message()).contains(Integer.toString(latent));
        });
        assertThat(sampler.objection(noise(n -> n.setGiven(Map.of("absent", 1L)))))
                .hasValueSatisfying(fault -> assertThat(fault.message()).contains("absent"));
        assertThat(sampler.objection(noise(n -> n.setVersion(2))))
                .hasValueSatisfying(fault -> assertThat(fault.code()).isEqualTo("unknown-version"));
    }

    @Test
    void saysThatAVersionIsNotThere() {
        assertThatThrownBy(() -> sampler.sample(List.of(new Slice(noise(n -> n.setVersion(2)), 0, 1))))
                .isInstanceOf(ModelUnavailableException.class)
                .hasMessageContaining("2");
    }

    private static RecordLayout layout() {
        LayoutLearner learner = new LayoutLearner(SCHEMA, Map.of());
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            String shop = random.nextBoolean() ? "NORTH" : "SOUTH";
            learner.observe(new GenericRecordBuilder(SCHEMA)
                    .set("price", random.nextGaussian())
                    .set(
                            "shop",
                            new GenericData.EnumSymbol(SCHEMA.getField("shop").schema(), shop))
                    .build());
        }
        return learner.learn();
    }

    private static NoiseBatch noise(Consumer<NoiseBatch.Builder> more) {
        NoiseBatch.Builder noise = NoiseBatch.newBuilder()
                .setRequest("r")
                .setModel("m")
                .setVersion(1)
                .setCount(1);
        more.accept(noise);
        return noise.build();
    }
}
