package dev.understudy.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.junit.jupiter.api.Test;

class SeriesFieldTest {
    private static final int RECORDS = 600;
    private static final int STEPS = 24;
    private static final Schema FLAT = Rows.schema(Rows.field("x", "{\"type\":\"array\",\"items\":\"double\"}"));
    private static final Schema NESTED =
            Rows.schema(Rows.field("x", "{\"type\":\"array\",\"items\":{\"type\":\"array\",\"items\":\"double\"}}"));

    /** Prices that wander together, as those of a stock's day do. */
    private static List<double[]> walks(int channels) {
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(Rows.draws(1));
        List<double[]> walks = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            double[] walk = new double[STEPS * channels];
            double level = 2 * normal.sample();
            for (int step = 0; step < STEPS; step++) {
                level += 0.1 * normal.sample();
                for (int channel = 0; channel < channels; channel++) {
                    walk[step * channels + channel] = Math.exp(level) + 0.01 * channel * normal.sample();
                }
            }
            walks.add(walk);
        }
        return walks;
    }

    private static RecordCodec learn(Schema schema, int channels, List<GenericRecord> records) {
        return Rows.learn(schema, Map.of("x", new Hint(Hint.Kind.SERIES, List.of(STEPS, channels))), records);
    }

    private static GenericRecord flat(double[] numbers) {
        return Rows.record(FLAT, Arrays.stream(numbers).boxed().toList());
    }

    private static GenericRecord nested(double[] numbers, int channels) {
        List<List<Double>> steps = new ArrayList<>();
        for (int at = 0; at < numbers.length; at += channels) {
            steps.add(Arrays.stream(numbers, at, at + channels).boxed().toList());
        }
        return Rows.record(NESTED, steps);
    }

    @Test
    void comesBackFlatAndNested() {
        List<double[]> walks = walks(6);
        RecordCodec flat =
                learn(FLAT, 6, walks.stream().map(SeriesFieldTest::flat).toList());
        RecordCodec nested =
                learn(NESTED, 6, walks.stream().map(walk -> nested(walk, 6)).toList());
        double range = walks.stream().flatMapToDouble(Arrays::stream).max().orElseThrow();

        for (double[] walk : walks) {
            List<?> back = (List<?>) Rows.there(flat, flat(walk), 2).get("x");
            List<?> deep = (List<?>) Rows.there(nested, nested(walk, 6), 2).get("x");
            for (int i = 0; i < walk.length; i++) {
                assertThat((Double) back.get(i)).isCloseTo(walk[i], within(1e-4 * range));
                assertThat((Double) ((List<?>) deep.get(i / 6)).get(i % 6)).isCloseTo(walk[i], within(1e-4 * range));
            }
        }
    }

    @Test
    void floatsAreWhite() {
        List<GenericRecord> records =
                walks(3).stream().map(SeriesFieldTest::flat).toList();
        RecordCodec codec = learn(FLAT, 3, records);
        float[] row = new float[STEPS * 3];
        Whitening.Moments first = new Whitening.Moments(3);
        Whitening.Moments next = new Whitening.Moments(3);
        for (GenericRecord record : records) {
            codec.encode(record, Rows.draws(1), row, 0);
            for (int step = 0; step < STEPS; step++) {
                (step == 0 ? first : next).add(new double[] {row[3 * step], row[3 * step + 1], row[3 * step + 2]});
            }
        }

        for (Whitening white : List.of(first.whitening(), next.whitening())) {
            for (int i = 0; i < 3; i++) {
                assertThat(white.mean()[i]).isCloseTo(0, within(1e-3));
                double length = Arrays.stream(white.axes()[i]).map(x -> x * x).sum();
                assertThat(length).isCloseTo(1, within(1e-3));
            }
        }
    }

    /** What networks rebuild values with is what the codec decodes with. */
    @Test
    void affineMapsLeadFromFloatsToNormalScores() {
        List<GenericRecord> records =
                walks(2).stream().map(SeriesFieldTest::flat).toList();
        RecordCodec codec = learn(FLAT, 2, records);
        Span.Series shape = (Span.Series) codec.shape().spans().get(0).value();
        SeriesField field = (SeriesField) codec.layout().fields().get(0);
        float[] row = new float[STEPS * 2];
        codec.encode(records.get(3), Rows.draws(1), row, 0);

        double[] scores = new double[2];
        for (int step = 0; step < STEPS; step++) {
            List<Float> map = step == 0 ? shape.first() : shape.next();
            for (int i = 0; i < 2; i++) {
                scores[i] +=
                        map.get(3 * i) * row[2 * step] + map.get(3 * i + 1) * row[2 * step + 1] + map.get(3 * i + 2);
                double number = (Double) ((List<?>) records.get(3).get("x")).get(2 * step + i);
                double expected = field.scale().channels().get(i).score(number);
                assertThat(scores[i]).isCloseTo(expected, within(1e-4));
            }
        }
    }

    @Test
    void wholeNumbersStayWholeAndNothingLeavesTheRange() {
        Schema schema = Rows.schema(Rows.field("x", "[\"null\",{\"type\":\"array\",\"items\":\"int\"}]"));
        UniformRandomProvider random = Rows.draws(3);
        List<GenericRecord> records = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            // Nine of ten sales are none, and every fifth shop did not report.
            List<Integer> sales = random.ints(STEPS, 0, 100)
                    .map(n -> Math.max(0, n - 90))
                    .boxed()
                    .toList();
            records.add(Rows.record(schema, i % 5 == 0 ? null : sales));
        }
        RecordCodec codec = learn(schema, 1, records);

        for (GenericRecord record : records) {
            assertThat(Rows.there(codec, record, 1)).isEqualTo(record);
        }
        float[] row = new float[codec.shape().width()];
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        for (int i = 0; i < 100; i++) {
            for (int j = 0; j < row.length; j++) {
                row[j] = (float) (9 * normal.sample());
            }
            row[1] = 100;
            GenericRecord made = codec.decode(row, 0);
            assertThat(GenericData.get().validate(schema, made)).isTrue();
            assertThat((List<?>) made.get("x"))
                    .allSatisfy(sale -> assertThat((Integer) sale).isBetween(0, 9));
        }
    }

    @Test
    void countsAndClipsNumbersBeyondTheRange() {
        List<GenericRecord> records =
                walks(1).stream().map(SeriesFieldTest::flat).toList();
        RecordCodec codec = learn(FLAT, 1, records);
        double[] high = new double[STEPS];
        Arrays.fill(high, 1e9);
        float[] row = new float[STEPS];

        assertThat(codec.encode(records.get(0), Rows.draws(1), row, 0)).isZero();
        assertThat(codec.encode(flat(high), Rows.draws(1), row, 0)).isEqualTo(1);
        double largest = walks(1).stream().flatMapToDouble(Arrays::stream).max().orElseThrow();
        assertThat((Double) ((List<?>) codec.decode(row, 0).get("x")).get(5))
                .isCloseTo(largest, within(1e-3 * largest));
    }

    @Test
    void refusesAnotherLengthNullsAndWhatIsNotFinite() {
        LayoutLearner learner = new LayoutLearner(FLAT, Map.of("x", new Hint(Hint.Kind.SERIES, List.of(2, 2))));

        assertThatThrownBy(() -> learner.observe(flat(new double[3])))
                .isInstanceOf(UnsuitableValueException.class)
                .hasMessage("Field 'x' holds an array of another length, but its shape is [2, 2].");
        assertThatThrownBy(() -> learner.observe(Rows.record(FLAT, Arrays.asList(1.0, null, 2.0, 3.0))))
                .isInstanceOf(UnsuitableValueException.class)
                .hasMessage("Field 'x' does not hold a value of its type array.");
        assertThatThrownBy(() -> learner.observe(flat(new double[] {1, 2, 3, Double.NaN})))
                .isInstanceOf(UnsuitableValueException.class)
                .hasMessage("Field 'x' holds a number that is not finite.");
        assertThat(learner.observed()).isZero();
    }

    @Test
    void aChannelThatNeverMovesStaysWhereItIs() {
        List<GenericRecord> records = walks(2).stream()
                .map(double[]::clone)
                .peek(walk -> {
                    for (int i = 1; i < walk.length; i += 2) {
                        walk[i] = 7;
                    }
                })
                .map(SeriesFieldTest::flat)
                .toList();
        RecordCodec codec = learn(FLAT, 2, records);
        float[] row = new float[2 * STEPS];
        Arrays.fill(row, 3);

        codec.decode(row, 0);
        assertThat((Double) ((List<?>) codec.decode(row, 0).get("x")).get(7)).isEqualTo(7.0);
        codec.encode(records.get(0), Rows.draws(1), row, 0);
        for (float number : row) {
            assertThat(number).isBetween(-20f, 20f);
        }
    }

    @Test
    void channelsThatAreAlwaysEqualAreEqualInWhateverIsMade() {
        List<GenericRecord> records = walks(3).stream()
                .peek(walk -> {
                    for (int at = 0; at < walk.length; at += 3) {
                        walk[at + 2] = walk[at];
                    }
                })
                .map(SeriesFieldTest::flat)
                .toList();
        RecordCodec codec = learn(FLAT, 3, records);
        float[] row = new float[2 * STEPS];
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(Rows.draws(6));
        for (int i = 0; i < row.length; i++) {
            row[i] = (float) normal.sample();
        }

        assertThat(codec.shape().width()).isEqualTo(row.length);
        List<?> made = (List<?>) codec.decode(row, 0).get("x");
        for (int at = 0; at < made.size(); at += 3) {
            assertThat(made.get(at + 2)).isEqualTo(made.get(at));
        }
        assertThat(codec.encode(records.get(0), Rows.draws(1), row, 0)).isZero();
        assertThat(codec.encode(flat(walks(3).get(0)), Rows.draws(1), row, 0)).isEqualTo(1);
    }

    @Test
    void eigenvectorsAreWhatTheyAreSaidToBe() {
        UniformRandomProvider random = Rows.draws(4);
        double[][] matrix = new double[9][9];
        for (int i = 0; i < 9; i++) {
            for (int j = 0; j <= i; j++) {
                matrix[i][j] = random.nextDouble() - 0.5;
                matrix[j][i] = matrix[i][j];
            }
        }
        SymmetricEigen eigen = SymmetricEigen.of(matrix);

        for (int k = 0; k < 9; k++) {
            for (int i = 0; i < 9; i++) {
                double product = 0;
                double dot = 0;
                for (int j = 0; j < 9; j++) {
                    product += matrix[i][j] * eigen.vectors()[j][k];
                    dot += eigen.vectors()[j][i] * eigen.vectors()[j][k];
                }
                assertThat(product).isCloseTo(eigen.values()[k] * eigen.vectors()[i][k], within(1e-12));
                assertThat(dot).isCloseTo(i == k ? 1 : 0, within(1e-12));
            }
        }
    }
}
