package dev.understudy.quality;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The scoring scripts, which are written in Python and lie beside the project.
 *
 * @param python the interpreter
 * @param shared directory that holds {@code eval} and {@code data}
 */
record Scripts(String python, Path shared) {
    /** Scripts write NaN for what is undefined. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    /** Why nothing can be scored here, if so. */
    Optional<String> missing() throws InterruptedException {
        if (!Files.isDirectory(shared.resolve("eval")) || !Files.isDirectory(shared.resolve("data"))) {
            return Optional.of("there are no scripts and data in " + shared + " (-Dquality.shared)");
        }
        try {
            int exit = process(List.of(python, "-c", "import numpy, pandas, scipy, sklearn, torch"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            return exit == 0 ? Optional.empty() : Optional.of(python + " lacks pandas, scipy, sklearn or torch");
        } catch (IOException e) {
            return Optional.of("there is no " + python + " (-Dquality.python)");
        }
    }

    /** A file of real data. */
    Path data(String name) {
        return shared.resolve("data").resolve(name);
    }

    /**
     * Runs a script on files of a directory, and returns what it found.
     *
     * @param output its name; {@code <output>.json} and {@code <output>.log} are kept in the directory
     * @throws IOException if it fails
     */
    JsonNode score(Path directory, String output, String script, String... arguments)
            throws IOException, InterruptedException {
        File log = directory.resolve(output + ".log").toFile();
        Path scores = directory.resolve(output + ".json").toAbsolutePath();
        List<String> command = new ArrayList<>(List.of(
                python, shared.resolve("eval").resolve(script).toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--json", scores.toString()));
        int exit = process(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException(script + " ended with " + exit + ": see " + log);
        }
        return JSON.readTree(scores.toFile());
    }

    private static ProcessBuilder process(List<String> command) {
        ProcessBuilder process = new ProcessBuilder(command);
        process.environment().put("OMP_NUM_THREADS", "1");
        process.environment().put("OPENBLAS_NUM_THREADS", "1");
        return process;
    }
}
