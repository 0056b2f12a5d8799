package dev.understudy.quality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Windows of a stock's course: 24 days of 6 channels, by days; as many are drawn as are held out. */
record Stock(Path directory, Scripts scripts) implements Subject {
    private static final int DAYS = 24;
    private static final int CHANNELS = 6;

    @Override
    public Upload upload() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (double[] window : Npy.doubles(file("train"))) {
            ObjectNode record = Samples.JSON.createObjectNode();
            Arrays.stream(window).forEach(record.putArray("window")::add);
            lines.append(record).append('\n');
        }
        return new Upload("application/x-ndjson", lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void sample(Samples samples) throws IOException, InterruptedException {
        List<JsonNode> records = samples.records(Npy.doubles(file("holdout")).length, "seed=1");
        double[] values = records.stream()
                .flatMapToDouble(
                        record -> Arrays.stream(Samples.JSON.convertValue(record.get("window"), double[].class)))
                .toArray();
        Npy.write(directory.resolve("synthetic.npy"), values, records.size(), DAYS, CHANNELS);
    }

    @Override
    public JsonNode score() throws IOException, InterruptedException {
        return scripts.score(
                directory,
                "scores",
                "eval_sequences.py",
                "series",
                "--real",
                file("train").toString(),
                "--holdout",
                file("holdout").toString(),
                "--synthetic",
                "synthetic.npy",
                "--window",
                Integer.toString(DAYS));
    }

    private Path file(String part) {
        return scripts.data("splits/stock_" + part + ".npy").toAbsolutePath();
    }
}
