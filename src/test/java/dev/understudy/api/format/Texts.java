package dev.understudy.api.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Assumptions;

/** Short ways to streams and what is read from them. */
final class Texts {
    private Texts() {}

    static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A public data file, if it is on this machine. */
    static InputStream shared(String file) throws IOException {
        Path path = Path.of("../shared/data").resolve(file);
        Assumptions.assumeTrue(Files.exists(path), path + " is not on this machine");
        return Files.newInputStream(path);
    }

    static List<RowResult> all(RecordReader reader) throws IOException {
        List<RowResult> results = new ArrayList<>();
        RowResult next = reader.next();
        while (!(next instanceof RowResult.End)) {
            results.add(next);
            next = reader.next();
        }
        reader.close();
        return results;
    }

    /** The records of a file that has no other rows. */
    static List<GenericRecord> records(RecordReader reader) throws IOException {
        return all(reader).stream()
                .map(result -> ((RowResult.Taken) result).record())
                .toList();
    }
}
