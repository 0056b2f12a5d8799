package dev.understudy.gan;

import static dev.understudy.gan.Relayout.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A layout changes, and what was learned goes on. */
class RebasedTest {

    private static final int ROWS = 24;
    private static final Span COLOUR = field("colour", 3, new Span.None());
    private static final Span GAIN = field("gain", 2, new Span.Scalar());
    private static final Span AGE = field("age", 0, new Span.Scalar());
    private static final Span NAME = field("name", 3, new Span.Text(4, 1, List.of(0, 2, 4)));
    private static final Span PHOTO = field("photo", 2, new Span.Image(9, 6, 3));
    private static final Span ICON = field("icon", 0, new Span.Image(4, 9, 1));
    private static final Span WALK =
            field("walk", 0, Shapes.series().spans().get(0).value());
    private static final Span TOWN = field("town", 9, new Span.None());
    private static final List<Span> MIXED = List.of(COLOUR, PHOTO, GAIN, NAME, AGE, ICON, WALK, TOWN);

    @TempDir
    Path directory;

    static Stream<Arguments> shapes() {
        return Stream.of(
                Arguments.of("table", Shapes.table()),
                Arguments.of("images", Shapes.mixed(9, 6)),
                Arguments.of("coding", Shapes.coding()),
                Arguments.of("series", Shapes.series()),
                Arguments.of("video", Shapes.video()),
                Arguments.of("mixed", Relayout.laidOut(MIXED)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void goesOnBitForBitInTheSameLayout(String name, RowShape shape) throws IOException {
        try (var trainer = trained(shape);
                var rebased = trainer.rebased(shape, Relayout.identity(shape.width()), new float[0])) {
            assertThat(rebased.steps()).isEqualTo(3);
            for (int i = 3; i < 6; i++) {
                float[] rows = Rows.random(shape, trainer.batch(), i);
                assertThat(rebased.step(rows)).isEqualTo(trainer.step(rows));
            }
            assertThat(saved(rebased)).isEqualTo(saved(trainer));
        }
    }

    private byte[] saved(Trainer trainer) throws IOException {
        var file = directory.resolve("trainer.safetensors");
        trainer.save(file, Map.of());
        return Files.readAllBytes(file);
    }

    static Stream<Arguments> growth() {
        return Stream.of(
                Arguments.of("a class more", grown(MIXED, Map.of("colour", 4))),
                Arguments.of("an atom more", grown(MIXED, Map.of("gain", 3))),
                Arguments.of("a number and an image become optional", grown(MIXED, Map.of("age", 2, "icon", 2))),
                Arguments.of("a table", grown(List.of(COLOUR, GAIN, AGE, TOWN), Map.of("colour", 5, "age", 4))));
    }

    /** With that many classes, a new field before all others and one among them. */
    private static Relayout grown(List<Span> spans, Map<String, Integer> choices) {
        var grown = new ArrayList<Span>();
        grown.add(field("channel", 3, new Span.None()));
        for (Span span : spans) {
            grown.add(field(span.field(), choices.getOrDefault(span.field(), span.choices()), span.value()));
        }
        grown.add(3, field("tip", 2, new Span.Scalar()));
        return new Relayout(Relayout.laidOut(spans), Relayout.laidOut(grown));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("growth")
    void whatWasKnownIsMadeAndJudgedAsBefore(String name, Relayout layouts) {
        assertGoesOn(layouts);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("growth")
    void whatIsTakenBackLeavesNothingBehind(String name, Relayout layouts) throws IOException {
        try (var trainer = trained(layouts.before());
                var rebased = rebased(trainer, layouts);
                var back = rebased(rebased, layouts.back())) {
            assertThat(saved(back)).isEqualTo(saved(trainer));
        }
    }

    @Property(tries = 12, seed = "20261125")
    void theOrderOfFieldsDoesNotMatter(@ForAll("orders") List<Span> order) {
        assertGoesOn(new Relayout(Relayout.laidOut(PERMUTED), Relayout.laidOut(order)));
    }

    private static final List<Span> PERMUTED = List.of(COLOUR, PHOTO, GAIN, AGE, TOWN);

    @Provide
    Arbitrary<List<Span>> orders() {
        return Arbitraries.shuffle(PERMUTED);
    }

    @Test
    void anImageThatBecomesOptionalIsMadeAndJudgedAsBefore() {
        // Given a row that had neither choices nor scalars
        var layouts = new Relayout(
                Relayout.laidOut(List.of(ICON)), Relayout.laidOut(List.of(field("icon", 2, ICON.value()))));
        try (var trainer = trained(layouts.before());
                var rebased = rebased(trainer, layouts)) {
            // Then
            assertMakesTheSame(trainer, rebased, layouts);
            // Its presence scores by itself, alike for all
            float[] rows = Rows.random(layouts.before(), ROWS, 9);
            float[] scores = rebased.scores(layouts.rows(rows, 1));
            float[] scored = trainer.scores(rows);
            for (int i = 0; i < ROWS; i++) {
                assertThat(scores[i] - scores[0]).isCloseTo(scored[i] - scored[0], within(1e-4f));
            }
        }
    }

    @Test
    void aNewClassComesAsOftenAsItShouldAndWhatGoesWithItIsLearned() {
        // Given two colours with an age around -1 and 1
        var two = Relayout.laidOut(List.of(field("colour", 2, new Span.None()), AGE));
        var layouts = new Relayout(two, Relayout.laidOut(List.of(COLOUR, AGE)));
        var recipe = Recipe.preset("small", two).withBatch(32);
        try (var trainer = Trainer.create(two, recipe, 3, new float[0])) {
            train(trainer, 0, 100, 0);
            // When every fifth record has a third one, and an age around 3
            float[] rows = coloured(layouts.next(), 2_000, .2, 77);
            try (var rebased = trainer.rebased(layouts.next(), layouts.origins(), rows)) {
                // Then
                assertThat(made(rebased).share()).isCloseTo(.2, within(.03));
                assertThat(made(rebased).age()).isLessThan(1);
                train(rebased, 100, 600, .2);
                assertThat(made(rebased).share()).isCloseTo(.2, within(.12));
                assertThat(made(rebased).age()).isCloseTo(3, within(1.0));
            }
        }
    }

    private static void train(Trainer trainer, int from, int to, double share) {
        for (int i = from; i < to; i++) {
            trainer.step(coloured(trainer.shape(), trainer.batch(), share, i));
        }
    }

    /** The first and the last colour, and the second in a share of the rows. */
    private static float[] coloured(RowShape shape, int count, double share, long seed) {
        var random = new Random(seed);
        int last = shape.choices() - 1;
        float[] rows = new float[count * shape.width()];
        for (int start = 0; start < rows.length; start += shape.width()) {
            boolean second = random.nextDouble() < share;
            boolean first = random.nextBoolean();
            rows[start + (second ? 1 : first ? 0 : last)] = 1;
            double age = second ? 3 : first ? -1 : 1;
            rows[start + last + 1] = (float) (age + .3 * random.nextGaussian());
        }
        return rows;
    }

    /** How often the second colour is made, and its mean age. */
    private record Made(double share, double age) {}

    private static Made made(Trainer trainer) {
        try (var generator = trainer.snapshot()) {
            float[] rows = Rows.sample(generator, 0, 4_000);
            int[] seconds = IntStream.range(0, 4_000)
                    .map(row -> row * trainer.shape().width())
                    .filter(start -> rows[start + 1] == 1)
                    .toArray();
            double age = Arrays.stream(seconds)
                    .mapToDouble(start -> rows[start + trainer.shape().choices()])
                    .average()
                    .orElse(0);
            return new Made(seconds.length / 4_000., age);
        }
    }

    @Test
    void schedulesThatHaveRunOutAreSetBack() {
        var shape = Relayout.laidOut(List.of(COLOUR));
        var recipe = Recipe.preset("small", shape).withBatch(8).withHorizon(20);
        try (var trainer = Trainer.create(shape, recipe, 3, new float[0])) {
            for (int i = 0; i < 30; i++) {
                trainer.step(Rows.random(shape, 8, i));
            }
            // When
            try (var rebased = trainer.rebased(shape, Relayout.identity(3), new float[0])) {
                // Then it stands at 7 of 20 steps
                assertThat(rebased.steps()).isEqualTo(30);
                assertThat(rebased.recipe().optimizer().lastStep()).isEqualTo(43);
                assertThat(rebased.recipe().optimizer().progress(30)).isCloseTo(.35, within(1e-9));
            }
        }
    }

    static Stream<Arguments> wrong() {
        // Colour: floats 0 to 2; gain: 3, 4 and 5; age: 6
        return Stream.of(
                Arguments.of(new int[] {0, 1, 2, 3, 4, 5}, "origins has 6 floats, expected 7"),
                Arguments.of(new int[] {0, 1, 7, 3, 4, 5, 6}, "origins[2] is 7, must be from -1 to 6"),
                Arguments.of(new int[] {0, -2, 2, 3, 4, 5, 6}, "origins[1] is -2, must be from -1 to 6"),
                Arguments.of(new int[] {0, 1, 1, 3, 4, 5, 6}, "origins[2] is 1, as is origins[1]"),
                Arguments.of(
                        new int[] {0, 1, 6, 3, 4, 5, -1}, "origins[2] is 6, of a scalar, expected one of a choice"),
                Arguments.of(
                        new int[] {0, 1, 3, -1, 4, 5, 6},
                        "origins[2] is 3, of another field than other floats of field colour"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("wrong")
    void refusesOriginsThatCannotBe(int[] origins, String message) {
        var shape = Relayout.laidOut(List.of(COLOUR, GAIN, AGE));
        try (var trainer = trained(shape)) {
            assertThatThrownBy(() -> trainer.rebased(shape, origins, new float[0]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(message);
        }
    }

    private static void assertGoesOn(Relayout layouts) {
        try (var trainer = trained(layouts.before());
                var rebased = rebased(trainer, layouts)) {
            float[] rows = Rows.random(layouts.before(), ROWS, 9);
            assertClose(rebased.scores(layouts.rows(rows, .7f)), trainer.scores(rows));
            assertMakesTheSame(trainer, rebased, layouts);
        }
    }

    /** Of the same noise, with nothing given and with every other field that may be. */
    private static void assertMakesTheSame(Trainer trainer, Trainer rebased, Relayout layouts) {
        try (var made = trainer.snapshot();
                var remade = rebased.snapshot()) {
            float[] given = Rows.random(layouts.before(), ROWS, 8);
            float[] noise = Rows.noise(made, 0, ROWS);
            int rest = made.noiseWidth() - made.latent() - layouts.before().choices();
            float[] same = layouts.noise(noise, made.latent(), remade.latent(), rest);
            for (float[] mask : List.of(new float[ROWS * layouts.before().fields()], mask(layouts.before()))) {
                float[] expected = made.generate(noise, given, mask, ROWS);
                float[] actual = remade.generate(same, layouts.rows(given, 0), layouts.masks(mask), ROWS);
                assertClose(layouts.back().rows(actual, 0), expected);
            }
        }
    }

    private static float[] mask(RowShape shape) {
        float[] mask = new float[ROWS * shape.fields()];
        for (int i = 0; i < mask.length; i++) {
            boolean separate = shape.spans().get(i % shape.fields()).separate();
            mask[i] = !separate && (i + i / shape.fields()) % 2 == 0 ? 1 : 0;
        }
        return mask;
    }

    private static Trainer rebased(Trainer trainer, Relayout layouts) {
        return trainer.rebased(layouts.next(), layouts.origins(), Rows.random(layouts.next(), 50, 7));
    }

    private static void assertClose(float[] actual, float[] expected) {
        assertThat(actual).containsExactly(expected, within(1e-4f));
    }

    private static Trainer trained(RowShape shape) {
        var recipe = Recipe.preset("small", shape).withBatch(8);
        var trainer = Trainer.create(shape, recipe, 11, Rows.random(shape, 20, 99));
        for (int i = 0; i < 3; i++) {
            trainer.step(Rows.random(shape, trainer.batch(), i));
        }
        return trainer;
    }
}
