package dev.understudy.quality;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Strings, one a line; as many are drawn as are held out.
 *
 * @param field of the record that holds one
 * @param split files' name: {@code <split>_train.txt}, {@code <split>_holdout.txt}
 */
record Strings(Path directory, Scripts scripts, String field, String split) implements Subject {

    @Override
    public Upload upload() throws IOException {
        String lines = lines("train").stream()
                .map(line -> Samples.JSON.createObjectNode().put(field, line) + "\n")
                .collect(Collectors.joining());
        return new Upload("application/x-ndjson", lines.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void sample(Samples samples) throws IOException, InterruptedException {
        List<String> drawn = samples.records(lines("holdout").size(), "seed=1").stream()
                .map(record -> record.get(field).textValue())
                .toList();
        Files.write(directory.resolve("synthetic.txt"), drawn);
    }

    @Override
    public JsonNode score() throws IOException, InterruptedException {
        return scripts.score(
                directory,
                "scores",
                "eval_sequences.py",
                "strings",
                "--real",
                file("train").toString(),
                "--holdout",
                file("holdout").toString(),
                "--synthetic",
                "synthetic.txt",
                "--orf");
    }

    private List<String> lines(String part) throws IOException {
        return Files.readAllLines(file(part));
    }

    private Path file(String part) {
        return scripts.data("splits/" + split + "_" + part + ".txt").toAbsolutePath();
    }
}
