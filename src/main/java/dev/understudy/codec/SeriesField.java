package dev.understudy.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A series, {@code [steps, channels]} in the record, as its first value and the steps from each to the next. Each channel's
 * numbers become normal scores first; then first values and steps are whitened across the channels. Numbers beyond the range
 * that was learned are taken as its end.
 */
final class SeriesField extends OptionalField {
    static final String KIND = "series";

    private final NumberArrays arrays;
    private final Scale scale;
    private final int steps;
    private final int channels;

    /**
     * What was learned of the numbers.
     *
     * @param channels normal scores, a table for each channel
     * @param first of the first values' scores
     * @param next of the differences between scores that follow each other
     */
    record Scale(List<NormalScores> channels, Whitening first, Whitening next) {}

    /**
     * @param frequencies of missing and present; empty if it was never missing
     */
    SeriesField(SchemaField source, float[] frequencies, Scale scale) {
        super(source, frequencies, shape(source, scale));
        this.arrays = new NumberArrays(source);
        this.scale = scale;
        this.steps = source.hint().shape().get(0);
        this.channels = source.hint().shape().get(1);
    }

    private static Span.Series shape(SchemaField source, Scale scale) {
        List<Integer> sides = source.hint().shape();
        return new Span.Series(
                sides.get(0), sides.get(1), scale.first().affine(), scale.next().affine());
    }

    static SeriesField read(SchemaField source, JsonNode json) {
        List<NormalScores> channels = new ArrayList<>();
        json.required("channels").forEach(knots -> channels.add(new NormalScores(LayoutJson.doubles(knots))));
        Scale scale = new Scale(channels, whitening(json.required("first")), whitening(json.required("next")));
        return new SeriesField(source, LayoutJson.floats(json.required("frequencies")), scale);
    }

    private static Whitening whitening(JsonNode json) {
        List<double[]> axes = new ArrayList<>();
        json.required("axes").forEach(row -> axes.add(LayoutJson.doubles(row)));
        return new Whitening(LayoutJson.doubles(json.required("mean")), axes.toArray(double[][]::new));
    }

    @Override
    void describe(ObjectNode json) {
        json.put("kind", KIND);
        LayoutJson.addAll(json.putArray("frequencies"), frequencies());
        ArrayNode tables = json.putArray("channels");
        scale.channels().forEach(channel -> LayoutJson.addAll(tables.addArray(), channel.knots()));
        describe(scale.first(), json.putObject("first"));
        describe(scale.next(), json.putObject("next"));
    }

    private static void describe(Whitening whitening, ObjectNode json) {
        LayoutJson.addAll(json.putArray("mean"), whitening.mean());
        ArrayNode axes = json.putArray("axes");
        Arrays.stream(whitening.axes()).forEach(row -> LayoutJson.addAll(axes.addArray(), row));
    }

    Scale scale() {
        return scale;
    }

    @Override
    boolean givable() {
        return false;
    }

    @Override
    int write(Object avro, float[] rows, int at) {
        double[] numbers = arrays.numbers(avro);
        double[] last = new double[channels];
        double[] way = new double[channels];
        int unknown = 0;
        for (int step = 0; step < steps; step++) {
            for (int channel = 0; channel < channels; channel++) {
                double number = numbers[step * channels + channel];
                double score = scale.channels().get(channel).score(number);
                unknown = scale.channels().get(channel).covers(number) ? unknown : 1;
                way[channel] = score - last[channel];
                last[channel] = score;
            }
            whitening(step).whiten(way, rows, at + step * channels);
        }
        return unknown;
    }

    @Override
    Object read(float[] rows, int at) {
        double[] numbers = new double[steps * channels];
        double[] scores = new double[channels];
        for (int step = 0; step < steps; step++) {
            whitening(step).addColoured(rows, at + step * channels, scores);
            for (int channel = 0; channel < channels; channel++) {
                numbers[step * channels + channel] =
                        scale.channels().get(channel).number(scores[channel]);
            }
        }
        return arrays.avro(numbers);
    }

    private Whitening whitening(int step) {
        return step == 0 ? scale.first() : scale.next();
    }
}
