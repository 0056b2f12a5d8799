package dev.understudy.learning;

import dev.understudy.wire.ModelDefinition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * A definition as text that later releases can read: an Avro file, which holds its schema, in base64. The same definition is
 * always the same text. <em>Thread safety</em>: stateless.
 */
final class SavedDefinition {
    /** Avro would draw one at random. */
    private static final byte[] SYNC = new byte[16];

    private SavedDefinition() {}

    static String write(ModelDefinition definition) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DataFileWriter<ModelDefinition> writer =
                new DataFileWriter<>(new SpecificDatumWriter<>(ModelDefinition.class))) {
            writer.create(ModelDefinition.getClassSchema(), out, SYNC).append(definition);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return Base64.getEncoder().encodeToString(out.toByteArray());
    }

    /**
     * Reads what {@link #write} wrote, in this release or an earlier one.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static ModelDefinition read(String text) {
        byte[] file = Base64.getDecoder().decode(text);
        try (DataFileReader<ModelDefinition> reader = new DataFileReader<>(
                new SeekableByteArrayInput(file), new SpecificDatumReader<>(ModelDefinition.class))) {
            return reader.next();
        } catch (IOException | AvroRuntimeException e) {
            throw new IllegalArgumentException("no definition: " + e.getMessage(), e);
        }
    }
}
