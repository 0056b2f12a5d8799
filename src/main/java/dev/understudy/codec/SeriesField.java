package dev.understudy.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A series, {@code [steps, channels]} in the record, as its first value and the steps from each to the next. Of channels that are
 * always equal the first is held. Each channel's numbers become normal scores first; then first values and steps are whitened
 * across the channels. Numbers beyond the range that was learned are taken as its end.
 */
final class SeriesField extends OptionalField {
    static final String KIND = "series";

    private final NumberArrays arrays;
    private final Scale scale;
    private final int steps;
    private final int channels;
    private final int[] held;

    /**
     * What was learned of the numbers.
     *
     * @param equal which channels of the record are the same
     * @param channels normal scores, a table for each channel that is held
     * @param first of the first values' scores
     * @param next of the differences between scores that follow each other
     */
    record Scale(EqualChannels equal, List<NormalScores> channels, Whitening first, Whitening next) {}

    /**
     * @param frequencies of missing and present; empty if it was never missing
     */
    SeriesField(SchemaField source, float[] frequencies, Scale scale) {
        super(source, frequencies, shape(source, scale));
        this.arrays = new NumberArrays(source);
        this.scale = scale;
        this.steps = source.hint().shape().get(0);
        this.channels = source.hint().shape().get(1);
        this.held = scale.equal().held();
    }

    private static Span.Series shape(SchemaField source, Scale scale) {
        return new Span.Series(
                source.hint().shape().get(0),
                scale.channels().size(),
                scale.first().affine(),
                scale.next().affine());
    }

    static SeriesField read(SchemaField source, JsonNode json) {
        List<NormalScores> channels = new ArrayList<>();
        json.required("channels").forEach(knots -> channels.add(new NormalScores(LayoutJson.doubles(knots))));
        List<Integer> equal = new ArrayList<>();
        json.required("equal").forEach(channel -> equal.add(channel.asInt()));
        Scale scale = new Scale(
                new EqualChannels(equal),
                channels,
                whitening(json.required("first")),
                whitening(json.required("next")));
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
        scale.equal().first().forEach(json.putArray("equal")::add);
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

    @Override
    int place(int index) {
        return index / held.length * channels + held[index % held.length];
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
        double[] last = new double[held.length];
        double[] way = new double[held.length];
        int unknown = scale.equal().hold(numbers) ? 0 : 1;
        for (int step = 0; step < steps; step++) {
            for (int i = 0; i < held.length; i++) {
                double number = numbers[step * channels + held[i]];
                double score = scale.channels().get(i).score(number);
                unknown = scale.channels().get(i).covers(number) ? unknown : 1;
                way[i] = score - last[i];
                last[i] = score;
            }
            whitening(step).whiten(way, rows, at + step * held.length);
        }
        return unknown;
    }

    @Override
    Object read(float[] rows, int at) {
        double[] numbers = new double[steps * channels];
        double[] scores = new double[held.length];
        for (int step = 0; step < steps; step++) {
            whitening(step).addColoured(rows, at + step * held.length, scores);
            int start = step * channels;
            for (int i = 0; i < held.length; i++) {
                numbers[start + held[i]] = scale.channels().get(i).number(scores[i]);
            }
            for (int channel = 0; channel < channels; channel++) {
                numbers[start + channel] = numbers[start + scale.equal().first().get(channel)];
            }
        }
        return arrays.avro(numbers);
    }

    private Whitening whitening(int step) {
        return step == 0 ? scale.first() : scale.next();
    }
}
