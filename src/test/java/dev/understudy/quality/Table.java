package dev.understudy.quality;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A table as comma-separated values; as many rows are drawn as were learned.
 *
 * @param train rows to learn
 * @param holdout rows that are not shown
 * @param target column that is predicted from the others
 */
record Table(Path directory, Scripts scripts, Path train, Path holdout, String target) implements Subject {
    private static final String CSV = "text/csv";

    @Override
    public Upload upload() throws IOException {
        return new Upload(CSV, Files.readAllBytes(train));
    }

    @Override
    public void sample(Samples samples) throws IOException, InterruptedException {
        try (Stream<String> lines = Files.lines(train)) {
            Files.write(synthetic(), samples.draw("seed=1&count=" + (lines.count() - 1), CSV));
        }
    }

    @Override
    public JsonNode score() throws IOException, InterruptedException {
        return score("scores");
    }

    /** Scores into files of a name. */
    JsonNode score(String output, String... further) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "--real", train.toAbsolutePath().toString(),
                "--holdout", holdout.toAbsolutePath().toString(),
                "--synthetic", synthetic().toAbsolutePath().toString(),
                "--target", target));
        arguments.addAll(List.of(further));
        return scripts.score(directory, output, "eval_tabular.py", arguments.toArray(String[]::new));
    }

    /** Where the samples are. */
    Path synthetic() {
        return directory.resolve("synthetic.csv");
    }
}
