package dev.understudy;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The application as it is shipped, in a process of its own, on ports and a directory of its own. */
public final class PackagedApplication implements AutoCloseable {
    public static final ObjectMapper JSON = new ObjectMapper();

    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");
    private static final Duration START = Duration.ofSeconds(90);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path directory;
    private final List<String> options;
    private final Map<String, String> environment = new HashMap<>();
    private final int httpPort = freePort();
    private final int brokerPort = freePort();
    private Process process;

    /**
     * @param directory for its data and its log
     * @param options such as {@code -Dunderstudy.demo.enabled=true}
     */
    public PackagedApplication(Path directory, String... options) {
        this.directory = directory;
        this.options = List.of(options);
    }

    /** Sets a variable of its environment. */
    public PackagedApplication with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Starts it, and returns when it is ready. */
    public void start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + httpPort,
                "-Dunderstudy.broker.port=" + brokerPort,
                "-Dunderstudy.data-directory=" + directory.resolve("data")));
        command.addAll(options);
        command.addAll(List.of("-jar", JAR.toAbsolutePath().toString()));
        File log = directory.resolve("application.log").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().putAll(environment);
        process = builder.start();
        await().atMost(START).pollInterval(Duration.ofMillis(200)).until(this::isReady);
    }

    /** Whether it says that it is ready. */
    public boolean isReady() throws InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException("the application ended by itself: see " + directory);
        }
        try {
            return get("/q/health/ready").statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Ends it as a power cut would. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Where its own tools and clients find its broker. */
    public String bootstrap() {
        return "127.0.0.1:" + brokerPort;
    }

    /** Host and port of its HTTP interface. */
    public String address() {
        return "127.0.0.1:" + httpPort;
    }

    public HttpResponse<byte[]> get(String path) throws InterruptedException {
        return send(request(path).GET());
    }

    public HttpResponse<byte[]> post(String path, String type, byte[] body) throws InterruptedException {
        return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)));
    }

    public HttpResponse<byte[]> put(String path, String json) throws InterruptedException {
        return send(request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)));
    }

    /** Asks for samples in a format. */
    public HttpResponse<byte[]> samples(String model, String query, String accept) throws InterruptedException {
        return send(request("/models/" + model + "/samples?" + query)
                .header("Accept", accept)
                .POST(BodyPublishers.noBody()));
    }

    /** The body of an answer, as JSON. */
    public static JsonNode json(HttpResponse<byte[]> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + address() + path)).timeout(Duration.ofMinutes(3));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws InterruptedException {
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                kill();
            }
        }
    }
}
