package dev.understudy.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.understudy.codec.RowShape;
import dev.understudy.gan.Device;
import dev.understudy.model.LoadedModel;
import dev.understudy.model.ModelFile;
import dev.understudy.noise.Noise;
import dev.understudy.wire.FieldHint;
import dev.understudy.wire.HintKind;
import dev.understudy.wire.LearningReport;
import dev.understudy.wire.ModelAnnouncement;
import dev.understudy.wire.ModelDefinition;
import dev.understudy.wire.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records drift, and the model goes on in a layout that knows them. */
class RefreshTest {
    private static final ModelDefinition SALES = Shop.definition(Shop.SALE);

    private static final Schema NOTED = SchemaBuilder.record("Sale")
            .fields()
            .requiredString("kind")
            .requiredDouble("price")
            .requiredInt("pieces")
            .optionalString("note")
            .endRecord();

    private static final Schema PHOTO = SchemaBuilder.fixed("Photo").size(64);
    private static final Schema TIME = LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
    private static final Schema VISIT = SchemaBuilder.record("Visit")
            .fields()
            .requiredString("name")
            .name("walk")
            .type()
            .array()
            .items()
            .doubleType()
            .noDefault()
            .name("scan")
            .type()
            .array()
            .items()
            .doubleType()
            .noDefault()
            .name("from")
            .type(TIME)
            .noDefault()
            .name("to")
            .type(TIME)
            .noDefault()
            .name("photo")
            .type(SchemaBuilder.nullable().type(PHOTO))
            .noDefault()
            .endRecord();

    /** Saved at the end, and when the layout is refreshed. */
    private static final LearningSettings SELDOM =
            new LearningSettings(Device.CPU, 1, 1, 4 << 20, 10, Duration.ofHours(1), 3, 300, 60, Duration.ZERO);

    @TempDir
    Path directory;

    @Test
    void aTopicThatDriftsIsLaidOutAnewAndItsModelGoesOn() {
        Shop shop = new Shop(directory, SELDOM);
        LearningReport refreshed;
        try (ModelLearner learner = new ModelLearner(SALES, shop.workshop)) {
            // Given a model that matured on books, lamps and vases
            deliver(shop, learner, Shop::record, 0, 1_000, 2_000, 2_500, 3_000);
            LearningReport before = last(shop.reports);
            assertThat(shop.announcements).isNotEmpty();
            assertThat(before.getDrift()).containsOnlyKeys("kind", "price", "pieces");
            // When a quarter of the sales are sofas, and prices rise by two
            deliver(shop, learner, RefreshTest::drifted, 3_000, 4_000, 5_000, 6_500);
            // Then the layout knows it, and says so without values
            assertThat(refreshes(shop)).hasSize(1);
            refreshed = refreshes(shop).get(0);
            assertThat(refreshed.getReason())
                    .contains("kind (", "% unknown values", "price (", "scores off by")
                    .doesNotContain("sofa", "pieces");
            assertThat(refreshed.getDrift().get("kind")).isBetween(0.05, 0.3);
            assertThat(refreshed.getSteps()).isGreaterThanOrEqualTo(before.getSteps());
            LearningReport after = last(shop.reports);
            assertThat(after.getSteps()).isGreaterThan(refreshed.getSteps());
            assertThat(after.getLaidOut()).isEqualTo(6_500 - refreshed.getRecordsSeen());
            assertThat(after.getUnknownValues()).doesNotContainKey("kind");
            learner.abandon();
        }
        ModelAnnouncement promoted = promoted(shop);
        assertThat(promoted.getRecordsSeen()).isGreaterThan(refreshed.getRecordsSeen());
        double sofas = (promoted.getRecordsSeen() - 3_000.0) / 4 / promoted.getRecordsSeen();
        assertThat(share(shop, promoted, sample -> "sofa".equals(sample.get("kind"))))
                .isCloseTo(sofas, within(0.03));
        // And after a crash it goes on from where it was laid out anew
        try (ModelLearner learner = new ModelLearner(SALES, shop.workshop)) {
            long from = learner.checkpointed().get(0);
            assertThat(from).isEqualTo(refreshed.getRecordsSeen());
            deliver(shop, learner, RefreshTest::drifted, from, 5_000, 6_500);
        }
        assertThat(last(shop.reports).getSteps()).isGreaterThan(refreshed.getSteps());
        assertThat(last(shop.reports).getLaidOut()).isEqualTo(6_500 - refreshed.getRecordsSeen());
        assertThat(last(shop.reports).getUnknownValues()).doesNotContainKey("kind");
    }

    @Test
    void aFieldThatTheSchemaGainedIsLearnedOnceItVaries() {
        Shop shop = new Shop(directory, SELDOM);
        try (ModelLearner learner = new ModelLearner(SALES, shop.workshop)) {
            deliver(shop, learner, Shop::record, 0, 300, 400);
        }
        long steps = last(shop.reports).getSteps();
        try (ModelLearner learner = new ModelLearner(Shop.definition(NOTED), shop.workshop)) {
            deliver(shop, learner, offset -> noted(offset, offset % 2 == 0 ? "gift" : null), 400, 1_000, 2_500, 3_000);
        }
        assertThat(refreshes(shop)).singleElement().satisfies(report -> {
            assertThat(report.getReason()).startsWith("The layout was refreshed: note (");
            assertThat(report.getSteps()).isGreaterThan(steps);
        });
        ModelAnnouncement promoted = promoted(shop);
        double gifts = (promoted.getRecordsSeen() - 400.0) / 2 / promoted.getRecordsSeen();
        assertThat(share(shop, promoted, sample -> "gift".equals(sample.get("note"))))
                .isCloseTo(gifts, within(0.05));
    }

    @Test
    void aFieldThatCannotBeLearnedIsNamedOnceAndTheLayoutStays() {
        Shop shop = new Shop(directory, SELDOM);
        try (ModelLearner learner = new ModelLearner(SALES, shop.workshop)) {
            deliver(shop, learner, Shop::record, 0, 300, 400);
        }
        try (ModelLearner learner = new ModelLearner(Shop.definition(NOTED), shop.workshop)) {
            deliver(shop, learner, offset -> noted(offset, "wrap it as number " + offset), 400, 2_400, 4_400);
        }
        assertThat(shop.reports)
                .extracting(LearningReport::getReason)
                .filteredOn(reason -> reason.contains("drift"))
                .singleElement()
                .asString()
                .contains("note (100.0 % unknown values)", "too many different values", "OMIT");
        assertThat(last(shop.reports).getDrift()).containsEntry("note", 1.0);
    }

    @Test
    void twinsThatAreToldApartGoOnAsTwoFields() {
        Shop shop = new Shop(directory, SELDOM);
        try (ModelLearner learner = new ModelLearner(Shop.definition(NOTED), shop.workshop)) {
            deliver(shop, learner, offset -> noted(offset, kind(offset)), 0, 1_200, 1_300);
            // Until every other sale is noted as one of a book, whatever it is of
            LongFunction<GenericRecord> mixed = offset -> noted(offset, offset % 2 == 0 ? "book" : kind(offset));
            deliver(shop, learner, mixed, 1_300, 3_300, 4_300);
        }
        assertThat(refreshes(shop)).singleElement().satisfies(report -> assertThat(report.getReason())
                .startsWith("The layout was refreshed: note ("));
        Predicate<GenericRecord> alike = sample -> sample.get("kind").equals(sample.get("note"));
        assertThat(share(shop, shop.announcements.get(0), alike)).isEqualTo(1);
        assertThat(share(shop, promoted(shop), alike)).isLessThan(0.99);
    }

    private static String kind(long offset) {
        return (String) Shop.record(offset).get("kind");
    }

    @Test
    void everyKindOfFieldIsLaidOutAnew() {
        ModelDefinition visits = ModelDefinition.newBuilder(Shop.definition(VISIT))
                .setHints(Map.of(
                        "name", hint(HintKind.TEXT),
                        "walk", hint(HintKind.SERIES, 8, 2),
                        "scan", hint(HintKind.IMAGE, 8, 8, 1),
                        "photo", hint(HintKind.IMAGE, 8, 8, 1)))
                .build();
        Shop shop = new Shop(directory, SELDOM);
        try (ModelLearner learner = new ModelLearner(visits, shop.workshop)) {
            deliver(shop, learner, offset -> visit(offset, 1), 0, 500);
            deliver(shop, learner, offset -> visit(offset, 3), 500, 2_000, 2_100);
        }
        assertThat(refreshes(shop)).singleElement().satisfies(report -> assertThat(report.getReason())
                .contains("name (", "walk (", "scan (", "from (", "to (", "photo ("));
        assertThat(last(shop.reports).getUnknownValues()).doesNotContainKeys("name", "photo");
        assertThat(last(shop.reports).getSteps())
                .isGreaterThan(refreshes(shop).get(0).getSteps());
        assertThat(promoted(shop).getRecordsSeen()).isEqualTo(2_100);
    }

    private static FieldHint hint(HintKind kind, Integer... shape) {
        return FieldHint.newBuilder().setKind(kind).setShape(List.of(shape)).build();
    }

    /** Names of other letters and lengths, larger numbers, times in another order and a photo that was not there. */
    private static GenericRecord visit(long offset, int level) {
        UniformRandomProvider draws = RandomSource.XO_SHI_RO_256_PP.create(offset);
        GenericRecord visit = new GenericData.Record(VISIT);
        visit.put("name", (level == 1 ? "ann" : "zoe").repeat(level + draws.nextInt(2)));
        visit.put(
                "walk", draws.doubles(16).map(number -> level * number).boxed().toList());
        visit.put(
                "scan", draws.doubles(64).map(number -> level * number).boxed().toList());
        long from = 100_000 * offset;
        visit.put("from", from);
        visit.put("to", from + (2 - level) * draws.nextLong(100_000));
        visit.put("photo", level == 1 || draws.nextBoolean() ? null : new GenericData.Fixed(PHOTO, new byte[64]));
        return visit;
    }

    private static List<LearningReport> refreshes(Shop shop) {
        return shop.reports.stream()
                .filter(report -> report.getReason().startsWith("The layout was refreshed"))
                .toList();
    }

    /** Records up to each of the stops, and a turn there. */
    private static void deliver(
            Shop shop, ModelLearner learner, LongFunction<GenericRecord> record, long from, long... stops) {
        long offset = from;
        for (long stop : stops) {
            for (; offset < stop; offset++) {
                learner.accept(shop.arrival(offset, record.apply(offset)));
            }
            learner.turn();
        }
    }

    private static GenericRecord drifted(long offset) {
        GenericRecord sale = Shop.record(offset);
        sale.put("kind", offset % 4 == 0 ? "sofa" : sale.get("kind"));
        sale.put("price", (Double) sale.get("price") + 2);
        return sale;
    }

    private static GenericRecord noted(long offset, String note) {
        GenericRecord noted = new GenericData.Record(NOTED);
        GenericRecord sale = Shop.record(offset);
        sale.getSchema().getFields().forEach(field -> noted.put(field.name(), sale.get(field.name())));
        noted.put("note", note);
        return noted;
    }

    private static ModelAnnouncement promoted(Shop shop) {
        return last(shop.announcements.stream()
                .filter(version -> version.getVerdict() == Verdict.PROMOTED)
                .toList());
    }

    private static double share(Shop shop, ModelAnnouncement version, Predicate<GenericRecord> what) {
        int count = 2_000;
        try (LoadedModel served = ModelFile.read(shop.store.get(version.getSha256()), Device.CPU)) {
            RowShape shape = served.codec().shape();
            int width = served.generator().noiseWidth();
            float[] noise = new float[count * width];
            for (int i = 0; i < count; i++) {
                Noise.fill(7, i, Double.POSITIVE_INFINITY, version.getLatent(), width - version.getLatent(), noise, i);
            }
            float[] rows = served.generator()
                    .generate(noise, new float[count * shape.width()], new float[count * shape.fields()], count);
            return IntStream.range(0, count)
                            .mapToObj(i -> served.codec().decode(rows, i))
                            .filter(what)
                            .count()
                    / (double) count;
        }
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }
}
