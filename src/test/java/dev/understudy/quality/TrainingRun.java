package dev.understudy.quality;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.PackagedApplication;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One start of the packaged application, which learns one model. <em>Ownership</em>: close it; that ends the process. */
final class TrainingRun implements AutoCloseable {
    static final int ROUND_STEPS = 250;

    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration NEWS = Duration.ofSeconds(15);

    private final String model;
    private final PackagedApplication application;
    private final List<Mark> marks = new ArrayList<>();
    private long lastNews = System.nanoTime();

    /** Starts it in a directory, which is made. */
    TrainingRun(Path directory, String model) throws IOException {
        this.model = model;
        Files.createDirectories(directory);
        application = new PackagedApplication(directory, "-Dunderstudy.learning.round-steps=" + ROUND_STEPS);
        application.start();
    }

    /** Defines the model; a body without a schema leaves that to the records. */
    void define(ObjectNode definition) throws InterruptedException {
        if (definition.has("schema")) {
            succeeded(application.put("/models/" + model, definition.toString()));
        }
    }

    /**
     * Publishes records.
     *
     * @return the schema that they have
     */
    JsonNode publish(Subject.Upload upload) throws InterruptedException {
        JsonNode taken = PackagedApplication.json(
                succeeded(application.post("/models/" + model + "/records", upload.type(), upload.body())));
        if (taken.get("rejected").asLong() > 0) {
            throw new IllegalStateException("rows of " + model + " were rejected: " + taken.get("errors"));
        }
        say("published records=%d", taken.get("accepted").asLong());
        return taken.get("schema");
    }

    /**
     * Waits until a version is live that took more than so many CPU seconds, or the learner rests.
     *
     * @return all versions that went live, oldest first; at least {@code least} unless it rests
     */
    List<Mark> train(double cpuSeconds, int least) {
        await().atMost(Duration.ofSeconds(600 + Math.round(10 * cpuSeconds)))
                .pollInterval(LOOK)
                .until(() -> look() || (marks.size() >= least && last().cpuSeconds() > cpuSeconds));
        return List.copyOf(marks);
    }

    /** Notes a new version; true if the learner rests and there will be no further one. */
    private boolean look() throws InterruptedException {
        JsonNode view = PackagedApplication.json(succeeded(application.get("/models/" + model)));
        String state = view.get("state").asText();
        if (state.equals("refused") || state.equals("failed")) {
            throw new IllegalStateException(
                    model + " is " + state + ": " + view.get("reason").asText());
        }
        int live = view.get("liveVersion").asInt(0);
        if (live > 0 && (marks.isEmpty() || live > last().version())) {
            marks.add(new Mark(
                    live,
                    view.get("steps").asLong(),
                    view.get("trainingCpuSeconds").asDouble()));
        }
        tell(view);
        return state.equals("resting")
                && view.get("versions").get(0).get("version").asInt() == live;
    }

    private void tell(JsonNode view) {
        if (System.nanoTime() - lastNews > NEWS.toNanos()) {
            lastNews = System.nanoTime();
            say(
                    "%s version=%s steps=%s cpuSeconds=%.1f: %s",
                    view.get("state").asText(),
                    view.get("liveVersion"),
                    view.get("steps"),
                    view.get("trainingCpuSeconds").asDouble(),
                    view.get("reason").asText());
        }
    }

    private Mark last() {
        return marks.get(marks.size() - 1);
    }

    /** Samples of a version. */
    Samples samples(int version) {
        return (query, accept) -> succeeded(application.samples(model, query + "&version=" + version, accept))
                .body();
    }

    private static HttpResponse<byte[]> succeeded(HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.request().method() + " "
                    + response.request().uri().getPath() + " was answered with " + response.statusCode() + ": "
                    + new String(response.body(), StandardCharsets.UTF_8));
        }
        return response;
    }

    /** Tells whoever waits. */
    void say(String format, Object... values) {
        System.out.println("quality: " + model + " " + String.format(Locale.ROOT, format, values));
    }

    @Override
    public void close() throws InterruptedException {
        application.close();
    }
}
