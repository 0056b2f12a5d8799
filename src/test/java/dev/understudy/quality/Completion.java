package dev.understudy.quality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;

/**
 * Completion of Fashion-MNIST: of 500 test images the middle 14 × 14 pixels are hidden (rows and columns 7 to 20), and one
 * sample of each is drawn with the rest given; once without and once with the label. The figure is the mean absolute error
 * over hidden pixels, 0 to 255. The images drawn with nothing given are scored as well.
 */
final class Completion implements Subject {
    private static final int IMAGES = 500;
    private static final int AT_ONCE = 8;
    private static final int SIDE = Fashion.SIDE;
    private static final int BEGIN = 7;
    private static final int END = 21;

    private final Path directory;
    private final Scripts scripts;
    private final Fashion fashion;

    Completion(Path directory, Scripts scripts) {
        this.directory = directory;
        this.scripts = scripts;
        this.fashion = new Fashion(directory, scripts, Fashion.Labels.LEARNED);
    }

    @Override
    public Upload upload() throws IOException {
        return fashion.upload();
    }

    @Override
    public void sample(Samples samples) throws IOException, InterruptedException {
        fashion.sampleFree(samples);
        byte[] labels = idx("t10k-labels-idx1-ubyte.gz", 8, IMAGES);
        complete(samples, "completed.npy", image -> "");
        complete(samples, "completed-labelled.npy", image -> "&given.label=" + labels[image]);
    }

    private interface FurtherQuery {
        String of(int image);
    }

    private void complete(Samples samples, String file, FurtherQuery further) throws IOException, InterruptedException {
        byte[] images = images();
        ByteArrayOutputStream completed = new ByteArrayOutputStream();
        ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Callable<byte[]>> tasks = new ArrayList<>();
            for (int i = 0; i < IMAGES; i++) {
                String query = "seed=" + i + given(images, i) + further.of(i);
                tasks.add(() -> samples.records(1, query).get(0).get("image").binaryValue());
            }
            for (Future<byte[]> image : clients.invokeAll(tasks)) {
                completed.write(image.get());
            }
        } catch (ExecutionException e) {
            throw new IOException("an image could not be completed", e);
        } finally {
            clients.shutdownNow();
        }
        Npy.write(directory.resolve(file), completed.toByteArray(), IMAGES, SIDE, SIDE);
    }

    private static String given(byte[] images, int image) {
        byte[] pixels = new byte[SIDE * SIDE];
        byte[] known = new byte[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            known[i] = (byte) (isHidden(i) ? 0 : 1);
            pixels[i] = isHidden(i) ? 0 : images[image * SIDE * SIDE + i];
        }
        return "&given.image=" + base64(pixels) + "&given.image.known=" + base64(known);
    }

    private static String base64(byte[] bytes) {
        return URLEncoder.encode(Base64.getEncoder().encodeToString(bytes), StandardCharsets.US_ASCII);
    }

    private static boolean isHidden(int pixel) {
        int row = pixel % (SIDE * SIDE) / SIDE;
        int column = pixel % SIDE;
        return row >= BEGIN && row < END && column >= BEGIN && column < END;
    }

    private byte[] images() throws IOException {
        return idx("t10k-images-idx3-ubyte.gz", 16, IMAGES * SIDE * SIDE);
    }

    private byte[] idx(String file, int header, int bytes) throws IOException {
        Path path = scripts.data("fashion-mnist").resolve(file);
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(path)))) {
            in.skipNBytes(header);
            return in.readNBytes(bytes);
        }
    }

    @Override
    public JsonNode score() throws IOException, InterruptedException {
        ObjectNode scores = Samples.JSON.createObjectNode();
        scores.set("free", fashion.scoreFree());
        return scores.put("hidden", error("completed.npy")).put("hidden-labelled", error("completed-labelled.npy"));
    }

    /** Mean absolute error over the hidden pixels, 0 to 255. */
    private double error(String file) throws IOException {
        byte[] real = images();
        byte[] all = Files.readAllBytes(directory.resolve(file));
        int start = all.length - real.length;
        long sum = 0;
        long hidden = 0;
        for (int i = 0; i < real.length; i++) {
            if (isHidden(i)) {
                sum += Math.abs((real[i] & 0xff) - (all[start + i] & 0xff));
                hidden++;
            }
        }
        return (double) sum / hidden;
    }
}
