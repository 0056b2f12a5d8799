package dev.understudy.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSchemasTest {
    @TempDir
    Path directory;

    @Test
    void keepsIdsAcrossRestarts() {
        long first = register(new LocalSchemas(directory), "\"int\"");
        long second = register(new LocalSchemas(directory), "\"long\"");

        LocalSchemas restarted = new LocalSchemas(directory);

        assertThat(register(restarted, "\"long\"")).isEqualTo(second).isNotEqualTo(first);
        assertThat(restarted.getSchemaByContentId(first)).isEqualTo("\"int\"");
    }

    @Test
    void seesWhatAnotherProcessRegisteredMeanwhile() {
        LocalSchemas ours = new LocalSchemas(directory);
        LocalSchemas theirs = new LocalSchemas(directory);

        long id = register(theirs, "\"int\"");

        assertThat(ours.getSchemaByGlobalId(id, false)).isEqualTo("\"int\"");
        assertThat(register(ours, "\"int\"")).isEqualTo(id);
    }

    @Test
    void givesEachSchemaOneIdHoweverManyRegisterAtOnce() throws Exception {
        // Given four directories' worth of writers, as four processes would be
        List<LocalSchemas> writers =
                IntStream.range(0, 4).mapToObj(i -> new LocalSchemas(directory)).toList();
        List<Callable<Long>> registrations = IntStream.range(0, 80)
                .mapToObj(i -> (Callable<Long>) () -> register(writers.get(i % 4), "schema " + i / 8))
                .toList();

        // When they all register ten schemas
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (var registered : threads.invokeAll(registrations)) {
            registered.get();
        }
        threads.shutdown();

        // Then there are ten files, and no rest of a temporary one
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(IntStream.rangeClosed(1, 10)
                            .mapToObj(i -> i + ".avsc")
                            .toArray(String[]::new));
        }
    }

    @Test
    void saysWhichIdIsUnknown() {
        assertThatThrownBy(() -> new LocalSchemas(directory).getSchemaByContentId(77L))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("77");
    }

    private static long register(LocalSchemas schemas, String schema) {
        return schemas.createSchema("AVRO", null, "any", null, null, false, schema, Set.of())
                .getContentId();
    }
}
