package dev.understudy.gan;

import static dev.understudy.gan.Relayout.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.understudy.codec.RowShape;
import dev.understudy.codec.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
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
        try (var trainer = trained("small", shape);
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
        assertGoesOn("small", layouts);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("growth")
    void whatIsTakenBackLeavesNothingBehind(String name, Relayout layouts) throws IOException {
        try (var trainer = trained("small", layouts.before());
                var rebased = trainer.rebased(layouts.next(), layouts.origins(), new float[0]);
                var back = rebased.rebased(layouts.before(), layouts.back().origins(), new float[0])) {
            assertThat(saved(back)).isEqualTo(saved(trainer));
        }
    }

    @Property(tries = 12, seed = "20261125")
    void theOrderOfFieldsDoesNotMatter(@ForAll("orders") List<Span> order) {
        assertGoesOn("small", new Relayout(Relayout.laidOut(PERMUTED), Relayout.laidOut(order)));
    }

    private static final List<Span> PERMUTED = List.of(COLOUR, PHOTO, GAIN, AGE, TOWN);

    @Provide
    Arbitrary<List<Span>> orders() {
        return Arbitraries.shuffle(PERMUTED);
    }

    /** The same rows of the same noise, with nothing given and with something, and the same scores. */
    private static void assertGoesOn(String preset, Relayout layouts) {
        try (var trainer = trained(preset, layouts.before());
                var rebased = trainer.rebased(layouts.next(), layouts.origins(), new float[0]);
                var made = trainer.snapshot();
                var remade = rebased.snapshot()) {
            float[] rows = Rows.random(layouts.before(), ROWS, 9);
            assertClose(rebased.scores(layouts.rows(rows, .7f)), trainer.scores(rows));
            float[] noise = Rows.noise(made, 0, ROWS);
            int rest = made.noiseWidth() - made.latent() - layouts.before().choices();
            float[] same = layouts.noise(noise, made.latent(), remade.latent(), rest);
            for (float[] mask : List.of(new float[ROWS * layouts.before().fields()], mask(layouts.before()))) {
                float[] expected = made.generate(noise, rows, mask, ROWS);
                float[] actual = remade.generate(same, layouts.rows(rows, 0), layouts.masks(mask), ROWS);
                assertClose(layouts.back().rows(actual, 0), expected);
            }
        }
    }

    /** Every other field that may be given. */
    private static float[] mask(RowShape shape) {
        float[] mask = new float[ROWS * shape.fields()];
        for (int i = 0; i < mask.length; i++) {
            boolean separate = shape.spans().get(i % shape.fields()).separate();
            mask[i] = !separate && (i + i / shape.fields()) % 2 == 0 ? 1 : 0;
        }
        return mask;
    }

    private static void assertClose(float[] actual, float[] expected) {
        assertThat(actual).containsExactly(expected, within(1e-4f));
    }

    private static Trainer trained(String preset, RowShape shape) {
        var recipe = Recipe.preset(preset, shape).withBatch(8);
        var trainer = Trainer.create(shape, recipe, 11, Rows.random(shape, 20, 99));
        for (int i = 0; i < 3; i++) {
            trainer.step(Rows.random(shape, trainer.batch(), i));
        }
        return trainer;
    }
}
