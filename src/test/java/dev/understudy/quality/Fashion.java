package dev.understudy.quality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Fashion-MNIST, 60,000 images. Scored are 10,000 free samples and, if labels are learned, 1,000 for each label, given.
 *
 * @param labels whether they are learned
 */
record Fashion(Path directory, Scripts scripts, Labels labels) implements Subject {
    static final int SIDE = 28;

    private static final int CLASSES = 10;
    private static final int IMAGES = 10_000;
    private static final String BOUNDARY = "----idx";

    /** What becomes of the labels. */
    enum Labels {
        LEARNED,
        OMITTED
    }

    @Override
    public Upload upload() throws IOException {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        file(form, "images", "train-images-idx3-ubyte.gz");
        if (labels == Labels.LEARNED) {
            file(form, "labels", "train-labels-idx1-ubyte.gz");
        }
        form.write(ascii("--" + BOUNDARY + "--\r\n"));
        return new Upload("multipart/form-data; boundary=" + BOUNDARY, form.toByteArray());
    }

    private void file(ByteArrayOutputStream form, String name, String file) throws IOException {
        form.write(ascii("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\""
                + file + "\"\r\nContent-Type: application/gzip\r\n\r\n"));
        form.write(Files.readAllBytes(scripts.data("fashion-mnist").resolve(file)));
        form.write(ascii("\r\n"));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void sample(Samples samples) throws IOException, InterruptedException {
        sampleFree(samples);
        if (labels == Labels.LEARNED) {
            sampleByLabel(samples);
        }
    }

    /** Draws with nothing given. */
    void sampleFree(Samples samples) throws IOException, InterruptedException {
        write("free.npy", samples.records(IMAGES, "seed=1"));
    }

    /** The labels take turns, as only the first images are looked at by some of the scores. */
    private void sampleByLabel(Samples samples) throws IOException, InterruptedException {
        List<List<JsonNode>> byLabel = new ArrayList<>();
        for (int label = 0; label < CLASSES; label++) {
            byLabel.add(samples.records(IMAGES / CLASSES, "seed=" + (2 + label) + "&given.label=" + label));
        }
        List<JsonNode> mixed = new ArrayList<>();
        byte[] given = new byte[IMAGES];
        for (int i = 0; i < IMAGES; i++) {
            given[i] = (byte) (i % CLASSES);
            mixed.add(byLabel.get(i % CLASSES).get(i / CLASSES));
        }
        write("labelled.npy", mixed);
        Npy.write(directory.resolve("labels.npy"), given, IMAGES);
    }

    private void write(String file, List<JsonNode> records) throws IOException {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        for (JsonNode record : records) {
            pixels.write(record.get("image").binaryValue());
        }
        Npy.write(directory.resolve(file), pixels.toByteArray(), records.size(), SIDE, SIDE);
    }

    @Override
    public JsonNode score() throws IOException, InterruptedException {
        ObjectNode scores = Samples.JSON.createObjectNode();
        scores.set("free", scoreFree());
        if (labels == Labels.LEARNED) {
            scores.set(
                    "labelled",
                    scripts.score(
                            directory,
                            "scores-labelled",
                            "eval_images.py",
                            "--synthetic",
                            "labelled.npy",
                            "--synthetic-labels",
                            "labels.npy"));
        }
        return scores;
    }

    /** Scores what was drawn with nothing given. */
    JsonNode scoreFree() throws IOException, InterruptedException {
        return scripts.score(directory, "scores-free", "eval_images.py", "--synthetic", "free.npy");
    }
}
