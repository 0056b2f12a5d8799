package dev.understudy.api.format;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;

/**
 * IDX files of unsigned bytes, as MNIST has them: images, with or without a file of labels in the same order. Both may be
 * gzipped, which shows in their first bytes. Records are {@code {image: bytes, label: int}}, the image with its shape
 * [height, width, channels].
 *
 * <p><em>Source</em>: LeCun, Cortes and Burges, "The MNIST database of handwritten digits", the IDX file format.
 */
public final class IdxRecords {
    private static final int UNSIGNED_BYTES = 0x08;
    private static final int LARGEST_IMAGE = 1 << 24;

    private IdxRecords() {}

    /**
     * Reads images alone.
     *
     * @param model the record is named after it
     * @throws UnreadableFileException if it is no IDX file of images
     */
    public static RecordReader reader(InputStream images, String model) throws IOException {
        return new Reader(Part.images(images), null, model);
    }

    /**
     * Reads images with their labels.
     *
     * @param model the record is named after it
     * @throws UnreadableFileException if they are no IDX files of images and labels, or not equally many
     */
    public static RecordReader reader(InputStream images, InputStream labels, String model) throws IOException {
        Part pictures = Part.images(images);
        Part classes = Part.labels(labels);
        if (pictures.count() != classes.count()) {
            throw new UnreadableFileException(
                    "unequal-counts",
                    "The file of images holds " + pictures.count() + " of them, the file of labels " + classes.count()
                            + ".");
        }
        return new Reader(pictures, classes, model);
    }

    /** One file, behind its header. */
    private record Part(String what, DataInputStream in, int count, List<Integer> sides) {

        static Part images(InputStream in) throws IOException {
            Part part = open("images", in, 3, 4);
            List<Integer> sides = part.sides();
            List<Integer> shape = sides.size() == 2 ? List.of(sides.get(0), sides.get(1), 1) : sides;
            long size = (long) shape.get(0) * shape.get(1) * shape.get(2);
            if (shape.stream().anyMatch(side -> side < 1 || side > LARGEST_IMAGE) || size > LARGEST_IMAGE) {
                throw new UnreadableFileException(
                        "bad-shape",
                        "The file of images says that each has the shape " + shape + "; it must have from 1 to "
                                + LARGEST_IMAGE + " bytes.");
            }
            return new Part("images", part.in(), part.count(), shape);
        }

        static Part labels(InputStream in) throws IOException {
            return open("labels", in, 1, 1);
        }

        private static Part open(String what, InputStream raw, int fewest, int most) throws IOException {
            try {
                DataInputStream in = new DataInputStream(new BufferedInputStream(unzipped(raw), 1 << 16));
                int magic = in.readInt();
                int dimensions = magic & 0xff;
                if (magic >>> 8 != UNSIGNED_BYTES || dimensions < fewest || dimensions > most) {
                    throw notIdx(what, null);
                }
                int count = in.readInt();
                Integer[] sides = new Integer[dimensions - 1];
                for (int i = 0; i < sides.length; i++) {
                    sides[i] = in.readInt();
                }
                if (count < 0) {
                    throw notIdx(what, null);
                }
                return new Part(what, in, count, List.of(sides));
            } catch (EOFException | ZipException e) {
                throw notIdx(what, e);
            }
        }

        private static UnreadableFileException notIdx(String what, Exception cause) {
            return new UnreadableFileException(
                    "not-idx",
                    "The file of " + what + " is no IDX file of unsigned bytes with "
                            + (what.equals("images") ? "3 or 4 dimensions." : "1 dimension."),
                    cause);
        }

        private static InputStream unzipped(InputStream raw) throws IOException {
            BufferedInputStream in = new BufferedInputStream(raw);
            in.mark(2);
            boolean zipped = in.read() == 0x1f && in.read() == 0x8b;
            in.reset();
            return zipped ? new GZIPInputStream(in, 1 << 16) : in;
        }

        byte[] take(int bytes, long row) throws IOException {
            try {
                byte[] taken = new byte[bytes];
                in.readFully(taken);
                return taken;
            } catch (EOFException | ZipException e) {
                throw new UnreadableFileException(
                        "truncated",
                        "The file of " + what + " breaks off in number " + row + " of the " + count
                                + " that it announces.",
                        e);
            }
        }
    }

    private static final class Reader implements RecordReader {
        private final Part images;
        private final Part labels;
        private final Schema schema;
        private final int bytes;
        private int row;

        /**
         * @param labels null for none
         */
        Reader(Part images, Part labels, String model) {
            this.images = images;
            this.labels = labels;
            this.schema = recordSchema(model, images.sides(), labels != null);
            this.bytes = images.sides().stream().reduce(1, Math::multiplyExact);
        }

        @Override
        public Schema schema() {
            return schema;
        }

        @Override
        public RowResult next() throws IOException {
            if (row == images.count()) {
                return new RowResult.End();
            }
            row++;
            GenericData.Record record = new GenericData.Record(schema);
            record.put(0, ByteBuffer.wrap(images.take(bytes, row)));
            if (labels != null) {
                record.put(1, labels.take(1, row)[0] & 0xff);
            }
            return new RowResult.Taken(row, record);
        }

        @Override
        public void close() throws IOException {
            try {
                images.in().close();
            } finally {
                if (labels != null) {
                    labels.in().close();
                }
            }
        }
    }

    private static Schema recordSchema(String model, List<Integer> shape, boolean labelled) {
        Schema image = Schema.create(Schema.Type.BYTES);
        image.addProp("shape", shape);
        var fields = SchemaBuilder.record(Names.avro(model))
                .fields()
                .name("image")
                .type(image)
                .noDefault();
        return (labelled ? fields.requiredInt("label") : fields).endRecord();
    }
}
