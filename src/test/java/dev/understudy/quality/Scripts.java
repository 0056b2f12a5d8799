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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /** As the system properties say. */
    static Scripts configured() {
        return new Scripts(
                System.getProperty("quality.python", "/usr/bin/python3"),
                Path.of(System.getProperty("quality.shared", "../shared")));
    }

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

    /**
     * Trains a prototype: one thread, and freed memory that is kept. Whether it can draw a picture in the end, for which it needs
     * another library, does not matter.
     *
     * @param log what it says, at last but the picture steps a second of CPU time, without what scoring took
     */
    double prototypeStepsPerSecond(Path log, List<String> script) throws IOException, InterruptedException {
        Path file = shared.resolve("prototypes").resolve(script.get(0)).toAbsolutePath();
        List<String> command = new ArrayList<>(List.of(python, file.toString()));
        command.addAll(script.subList(1, script.size()));
        ProcessBuilder process = process(command)
                .directory(log.toAbsolutePath().getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        process.environment().put("MALLOC_MMAP_THRESHOLD_", "1000000000");
        process.environment().put("MALLOC_TRIM_THRESHOLD_", "2000000000");
        int exit = process.start().waitFor();
        Matcher speed = Pattern.compile("RUN .* steps/s ([\\d.]+)").matcher(Files.readString(log));
        if (!speed.find()) {
            throw new IOException(script.get(0) + " ended with " + exit + ": see " + log);
        }
        return Double.parseDouble(speed.group(1));
    }

    private static ProcessBuilder process(List<String> command) {
        ProcessBuilder process = new ProcessBuilder(command);
        process.environment().put("OMP_NUM_THREADS", "1");
        process.environment().put("OPENBLAS_NUM_THREADS", "1");
        return process;
    }
}
