package dev.understudy.quality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;

/** Samples of the version that is measured. */
interface Samples {
    ObjectMapper JSON = new ObjectMapper();

    /**
     * Draws.
     *
     * @param query such as {@code count=10&seed=1&given.label=3}
     * @param accept media type
     */
    byte[] draw(String query, String accept) throws InterruptedException;

    /**
     * Draws records.
     *
     * @param count how many
     * @param query further parameters
     * @throws IOException if there came more or fewer
     */
    default List<JsonNode> records(int count, String query) throws IOException, InterruptedException {
        try (var read = JSON.readerFor(JsonNode.class)
                .<JsonNode>readValues(draw("count=" + count + "&" + query, "application/x-ndjson"))) {
            List<JsonNode> records = read.readAll();
            if (records.size() != count) {
                throw new IOException("asked for " + count + " samples, got " + records.size());
            }
            return records;
        }
    }
}
