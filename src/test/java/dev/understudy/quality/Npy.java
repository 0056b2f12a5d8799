package dev.understudy.quality;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Arrays as NumPy keeps them, row by row, of doubles or of unsigned bytes.
 *
 * <p><em>Source</em>: NumPy Enhancement Proposal 1, version 1.0 of the format.
 */
final class Npy {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int ALIGNMENT = 64;
    private static final Pattern DOUBLES =
            Pattern.compile("\\{'descr': '<f8', 'fortran_order': False, 'shape': \\(([\\d, ]+)\\), }");

    private Npy() {}

    /**
     * Reads doubles, one array for each index of the first dimension.
     *
     * @throws IOException if the file holds anything else
     */
    static double[][] doubles(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int start = MAGIC.length + Short.BYTES;
        int end = start + bytes.getShort(MAGIC.length);
        String header = new String(bytes.array(), start, end - start, StandardCharsets.US_ASCII);
        Matcher matcher = DOUBLES.matcher(header);
        if (!Arrays.equals(MAGIC, Arrays.copyOf(bytes.array(), MAGIC.length)) || !matcher.lookingAt()) {
            throw new IOException(file + " is no array of little-endian doubles by rows, version 1.0: " + header);
        }
        int rows = Integer.parseInt(matcher.group(1).split(",", -1)[0].trim());
        double[][] read = new double[rows][bytes.position(end).remaining() / Double.BYTES / rows];
        for (double[] row : read) {
            for (int i = 0; i < row.length; i++) {
                row[i] = bytes.getDouble();
            }
        }
        return read;
    }

    /** Writes unsigned bytes in a shape. */
    static void write(Path file, byte[] values, int... shape) throws IOException {
        write(file, "|u1", ByteBuffer.wrap(values), shape);
    }

    /** Writes doubles in a shape. */
    static void write(Path file, double[] values, int... shape) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(values);
        write(file, "<f8", bytes, shape);
    }

    private static void write(Path file, String type, ByteBuffer values, int[] shape) throws IOException {
        String sides = Arrays.stream(shape).mapToObj(side -> side + ",").collect(Collectors.joining(" "));
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + sides + "), }";
        int unpadded = MAGIC.length + Short.BYTES + header.length() + 1;
        header += " ".repeat(Math.floorMod(-unpadded, ALIGNMENT)) + "\n";
        ByteBuffer bytes = ByteBuffer.allocate(MAGIC.length + Short.BYTES + header.length() + values.capacity())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .putShort((short) header.length())
                .put(header.getBytes(StandardCharsets.US_ASCII))
                .put(values);
        Files.write(file, bytes.array());
    }
}
