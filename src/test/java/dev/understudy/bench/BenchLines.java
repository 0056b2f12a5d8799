package dev.understudy.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** Where figures are reported: one JSON line each, appended, and told to whoever watches. */
final class BenchLines {
    private static final Path FILE = Path.of("target/bench.jsonl");
    private static final ObjectMapper JSON = new ObjectMapper();

    private BenchLines() {}

    /** A line to which what is particular to a figure can be added. */
    static ObjectNode line(String figure, double value, double limit, String unit) {
        return JSON.createObjectNode()
                .put("figure", figure)
                .put("value", value)
                .put("limit", limit)
                .put("ratio", value / limit)
                .put("unit", unit);
    }

    static void append(ObjectNode line) throws IOException {
        line.put("cores", Runtime.getRuntime().availableProcessors())
                .put("load", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage())
                .put("at", Instant.now().toString());
        System.out.println("bench: " + line);
        Files.writeString(FILE, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
