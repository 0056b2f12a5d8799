package dev.understudy.codec;

import java.util.Arrays;

/** Pixels in (nested) arrays of numbers. */
final class NumberPixels implements Pixels {
    private final NumberArrays arrays;
    private final Span.Video shape;
    private final int plane;
    private final double black;
    private final double white;

    NumberPixels(SchemaField source, double black, double white) {
        this.arrays = new NumberArrays(source);
        this.shape = Pixels.shape(source);
        this.plane = shape.height() * shape.columns();
        this.black = black;
        this.white = white;
    }

    @Override
    public double black() {
        return black;
    }

    @Override
    public double white() {
        return white;
    }

    @Override
    public double smallest(Object avro) {
        return Arrays.stream(arrays.numbers(avro)).min().orElse(black);
    }

    @Override
    public double largest(Object avro) {
        return Arrays.stream(arrays.numbers(avro)).max().orElse(white);
    }

    @Override
    public void check(Object avro) {
        arrays.numbers(avro);
    }

    @Override
    public void encode(Object avro, float[] rows, int at) {
        double[] numbers = arrays.numbers(avro);
        for (int i = 0; i < numbers.length; i++) {
            double part = Math.max(0, Math.min(1, (numbers[i] - black) / (white - black)));
            rows[at + place(i)] = (float) (2 * part - 1);
        }
    }

    @Override
    public Object decode(float[] rows, int at) {
        double[] numbers = new double[shape.width()];
        for (int i = 0; i < numbers.length; i++) {
            double part = (rows[at + place(i)] + 1) / 2.0;
            numbers[i] = black + Math.max(0, Math.min(1, part)) * (white - black);
        }
        return arrays.avro(numbers);
    }

    /** Where number {@code i} of a record lies in a row. */
    private int place(int i) {
        int channels = shape.channels();
        int frame = i / (plane * channels);
        return (frame * channels + i % channels) * plane + i / channels % plane;
    }
}
