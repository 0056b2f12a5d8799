package dev.understudy.quality;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where figures are reported: one JSON line each, appended, and told to whoever watches. */
final class QualityLines {
    private static final Path FILE = Path.of("target/quality.jsonl");

    private QualityLines() {}

    static void append(ObjectNode line) throws IOException {
        System.out.println("quality: " + line);
        Files.writeString(FILE, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
