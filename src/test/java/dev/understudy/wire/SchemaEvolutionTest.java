package dev.understudy.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contracts in {@code schemas/} may grow, never break: old readers read new records, and new readers old ones. */
class SchemaEvolutionTest {
    private static final Path CURRENT = Path.of("schemas");
    private static final Path RELEASED = Path.of("src/test/resources/schemas");

    static Stream<Path> released() throws IOException {
        try (Stream<Path> versions = Files.walk(RELEASED)) {
            return versions.filter(path -> path.toString().endsWith(".avsc")).sorted().toList().stream();
        }
    }

    static Stream<Path> current() throws IOException {
        try (Stream<Path> files = Files.list(CURRENT)) {
            return files.filter(path -> path.toString().endsWith(".avsc")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("released")
    void staysCompatibleBothWays(Path released) throws IOException {
        Schema old = parse(Files.readString(released));
        Schema now = parse(Files.readString(CURRENT.resolve(released.getFileName())));
        assertThat(compatibleBothWays(now, old)).as(released.toString()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("current")
    void wasReleasedAndIsDocumented(Path current) throws IOException {
        assertThat(released()).anyMatch(path -> path.getFileName().equals(current.getFileName()));
        assertDocumented(parse(Files.readString(current)));
    }

    @Test
    void wouldSeeAnIncompatibleChange() throws IOException {
        String schema = Files.readString(CURRENT.resolve("GenerationRequest.avsc"));
        Schema now = parse(schema);
        Schema narrowed = parse(schema.replace("\"count\", \"type\": \"long\"", "\"count\", \"type\": \"string\""));
        Schema renamed = parse(schema.replace("\"name\": \"model\"", "\"name\": \"modelName\""));
        assertThat(narrowed).isNotEqualTo(now);
        assertThat(renamed).isNotEqualTo(now);
        assertThat(compatibleBothWays(narrowed, now)).isFalse();
        assertThat(compatibleBothWays(renamed, now)).isFalse();
    }

    private static boolean compatibleBothWays(Schema one, Schema other) {
        return reads(one, other) && reads(other, one);
    }

    private static boolean reads(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                        .getType()
                == SchemaCompatibilityType.COMPATIBLE;
    }

    private static void assertDocumented(Schema record) {
        assertThat(record.getDoc()).as(record.getFullName()).isNotBlank();
        for (Schema.Field field : record.getFields()) {
            assertThat(field.doc()).as(record.getName() + "." + field.name()).isNotBlank();
            nested(field.schema()).forEach(SchemaEvolutionTest::assertDocumented);
        }
    }

    private static List<Schema> nested(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> List.of(schema);
            case MAP -> nested(schema.getValueType());
            case ARRAY -> nested(schema.getElementType());
            default -> List.of();
        };
    }

    private static Schema parse(String schema) {
        return new SchemaParser().parse(schema).mainSchema();
    }
}
