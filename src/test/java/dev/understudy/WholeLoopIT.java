package dev.understudy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged application as a newcomer runs it: the README's commands, records in, learning, samples out, every refusal,
 * and a power cut. One start, and one restart after the cut.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WholeLoopIT {
    private static final String CSV = "text/csv";
    private static final String NDJSON = "application/x-ndjson";
    private static final Duration LEARNING = Duration.ofMinutes(3);

    @TempDir
    static Path directory;

    private static PackagedApplication application;

    @BeforeAll
    static void startOnTheReadmesData() throws IOException {
        Files.write(directory.resolve("adult.csv"), Readme.table());
        Files.write(directory.resolve("train-images-idx3-ubyte.gz"), Readme.images());
        Files.write(directory.resolve("train-labels-idx1-ubyte.gz"), Readme.labels());
        application = new PackagedApplication(
                directory, "-Dunderstudy.learning.round-steps=60", "-Dunderstudy.learning.checkpoint-interval=1s");
        application.start();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        application.close();
    }

    @Test
    @Order(1)
    void theReadmesCommandsWork() throws Exception {
        List<String> commands = Readme.commands();
        assertThat(commands).hasSizeGreaterThanOrEqualTo(7);

        JsonNode adult = PackagedApplication.JSON.readTree(run(commands.get(0)));
        assertThat(adult.get("accepted").asInt()).isEqualTo(2_000);
        assertThat(adult.get("topic").asText()).isEqualTo("adult");
        assertThat(adult.get("schema").get("fields").get(0).get("name").asText())
                .isEqualTo("age");
        JsonNode fashion = PackagedApplication.JSON.readTree(run(commands.get(1)));
        assertThat(fashion.get("accepted").asInt()).isEqualTo(Readme.IMAGES);

        awaitLive("adult");
        awaitLive("fashion");

        JsonNode state = PackagedApplication.JSON.readTree(run(commands.get(2)));
        assertThat(state.get("recordsSeen").asInt()).isEqualTo(2_000);
        assertThat(state.get("scores").size()).isPositive();
        assertThat(state.get("trainingCpuSeconds").asDouble()).isPositive();
        String csv = run(commands.get(3));
        assertThat(csv.lines()).hasSize(10_001);
        assertThat(csv.lines().findFirst()).contains("age,hours-per-week,sex,income");
        List<String> images = run(commands.get(4)).lines().toList();
        assertThat(images).hasSize(64);
        for (String line : images) {
            JsonNode image = PackagedApplication.JSON.readTree(line);
            assertThat(Base64.getDecoder().decode(image.get("image").asText())).hasSize(Readme.SIDE * Readme.SIDE);
            assertThat(image.get("label").asInt()).isEqualTo(3);
        }
        assertThat(run(commands.get(5)).lines()).hasSize(16);
        String version = Integer.toString(live("adult"));
        String query = "count=5&seed=7&version=" + version;
        assertThat(run(commands.get(6).replace("version\": \"1\"", "version\": \"" + version + "\""))
                        .trim())
                .isEqualTo(text(application.samples("adult", query, NDJSON))
                        .lines()
                        .toList()
                        .get(4));
    }

    @Test
    @Order(2)
    void theSameSeedGivesTheSameBytes() throws Exception {
        int version = live("adult");
        HttpResponse<byte[]> first = application.samples("adult", "count=700&seed=7&version=" + version, CSV);
        HttpResponse<byte[]> second = application.samples("adult", "count=700&seed=7&version=" + version, CSV);
        HttpResponse<byte[]> other = application.samples("adult", "count=700&seed=8&version=" + version, CSV);
        HttpResponse<byte[]> fewer = application.samples("adult", "count=5&seed=7&version=" + version, CSV);

        assertThat(first.headers().firstValue("Understudy-Version")).contains(Integer.toString(version));
        assertThat(first.headers().firstValue("Understudy-Seed")).contains("7");
        assertThat(text(second))
                .isEqualTo(text(first))
                .isNotEqualTo(text(other))
                .startsWith(text(fewer));
    }

    @Test
    @Order(3)
    void everyFormatHoldsTheSameRecords() throws Exception {
        String query = "count=20&seed=3&given.sex=Female&version=" + live("adult");
        List<String> json =
                text(application.samples("adult", query, NDJSON)).lines().toList();
        byte[] file = application.samples("adult", query, "application/avro").body();

        assertThat(json).hasSize(20).allSatisfy(line -> assertThat(line).contains("\"sex\":\"Female\""));
        try (DataFileStream<GenericRecord> records =
                new DataFileStream<>(new ByteArrayInputStream(file), new GenericDatumReader<>())) {
            for (String line : json) {
                GenericRecord record = records.next();
                assertThat(GenericData.get().validate(records.getSchema(), record))
                        .isTrue();
                assertThat(PackagedApplication.JSON.readTree(line).get("age").asLong())
                        .isEqualTo(record.get("age"));
            }
            assertThat(records.hasNext()).isFalse();
        }
    }

    @Test
    @Order(4)
    void requestsThatCannotBeServedAreRefusedByName() throws Exception {
        assertRefused("nobody", "count=1", 404, "unknown-model", "nobody");
        assertRefused("adult", "count=1&version=999", 404, "unknown-version", "999");
        assertRefused("adult", "count=0", 400, "invalid-count", "0");
        assertRefused("adult", "count=-1", 400, "invalid-count", "-1");
        assertRefused("adult", "count=200000000", 400, "invalid-count", "100000000");
        assertRefused("adult", "count=many", 400, "invalid-count", "many");
        assertRefused("adult", "truncation=0.001", 400, "invalid-truncation", "0.1");
        assertRefused("adult", "given.shoesize=44", 400, "unknown-field", "shoesize");
        assertRefused("adult", "given.age=old", 400, "wrong-type", "age");
        assertRefused("adult", "given.sex=Blue", 400, "unseen-value", "sex");
        assertRefused("adult", "from=1&to=2", 400, "invalid-walk", "steps is null");
        assertRefused("adult", "from=1&to=2&steps=1", 400, "invalid-walk", "from 2 to 100000000, it is 1");
        assertRefused("adult", "from=1&to=2&steps=3&count=4", 400, "invalid-walk", "it is 4");
        assertRefused("adult", "from=1&to=2&steps=3&seed=4", 400, "invalid-walk", "seed is 4");
        assertRefused("adult", "cuont=1", 400, "unknown-parameter", "cuont");
        assertThat(application.get("/requests/none").statusCode()).isEqualTo(404);
        HttpResponse<byte[]> type = application.samples("adult", "count=1", "application/pdf");
        assertThat(type.statusCode()).isIn(406, 415);
    }

    @Test
    @Order(5)
    void badRowsAreNamedAndTheOthersTaken() throws Exception {
        String rows = "age,hours-per-week,sex,income\n30,40,Male,low\n31,40\nold,40,Male,low\n32,40,Female,high\n";
        JsonNode taken = PackagedApplication.json(
                application.post("/models/adult/records", CSV, rows.getBytes(StandardCharsets.UTF_8)));

        assertThat(taken.get("accepted").asInt()).isEqualTo(2);
        assertThat(taken.get("rejected").asInt()).isEqualTo(2);
        assertThat(taken.get("errors").get(0).get("row").asInt()).isEqualTo(2);
        assertThat(taken.get("errors").get(1).get("row").asInt()).isEqualTo(3);
        assertThat(taken.get("errors").get(1).get("reason").asText())
                .contains("age")
                .doesNotContain("old");
    }

    @Test
    @Order(6)
    void whatCannotBeLearnedIsRefusedByField() throws Exception {
        String schema = "{\"type\":\"record\",\"name\":\"R\",\"fields\":["
                + "{\"name\":\"tags\",\"type\":{\"type\":\"array\",\"items\":\"string\"}},"
                + "{\"name\":\"price\",\"type\":\"double\"}]}";
        HttpResponse<byte[]> refused = application.put("/models/orders", "{\"schema\":" + schema + "}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(text(refused)).contains("unlearnable-schema", "tags", "OMIT");

        HttpResponse<byte[]> hinted = application.put(
                "/models/orders", "{\"schema\":" + schema + ",\"hints\":{\"tags\":{\"kind\":\"omit\"}}}");
        assertThat(hinted.statusCode()).as(text(hinted)).isEqualTo(200);
        assertThat(text(application.get("/models"))).contains("\"name\":\"orders\"");

        HttpResponse<byte[]> other = application.put(
                "/models/orders",
                "{\"schema\":" + schema.replace("double", "string") + ",\"hints\":{\"tags\":{\"kind\":\"omit\"}}}");
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(PackagedApplication.json(other)
                        .get("differences")
                        .get(0)
                        .get("field")
                        .asText())
                .isEqualTo("price");

        assertThat(text(application.put("/models/Orders", "{}"))).contains("invalid-name");
        assertThat(text(application.put("/models/o", "{\"shcema\":{}}"))).contains("shcema");
        assertThat(text(application.put("/models/o", "{\"schema\":" + schema + ",\"preset\":\"huge\"}")))
                .contains("preset", "huge");
    }

    @Test
    @Order(7)
    void requestsAndNoiseMayComeFromAConsoleProducer() throws Exception {
        List<Readme.ConsoleInput> inputs = Readme.consoleInputs();
        assertThat(inputs)
                .extracting(Readme.ConsoleInput::topic)
                .containsExactly("understudy.requests", "understudy.noise");
        for (Readme.ConsoleInput input : inputs) {
            String[] record = run(input.script()).trim().split("=", 2);
            console().produce(input.topic(), record[0], record[1]);
        }

        List<ConsumerRecord<byte[], byte[]>> requested = samplesOf("my-request", "adult", 100);
        assertThat(Console.header(requested.get(0), "understudy-seed")).isEqualTo("7");
        assertThat(Console.header(requested.get(0), "understudy-model")).isEqualTo("adult");
        assertThat(samplesOf("my-noise", "adult", 2))
                .allSatisfy(sample ->
                        assertThat(Console.header(sample, "understudy-latents")).matches("A+=*"));
    }

    @Test
    @Order(8)
    void samplesAreMadeAgainFromTheirHeaders() throws Exception {
        // Given samples of every kind, as a subscriber saw them
        String given = "\"given\": {\"sex\": \"Female\", \"age\": 33}";
        String cut = "\"truncation\": 0.5, \"given\": {\"label\": 3}";
        ask("again-plain", "{\"model\": \"adult\", \"count\": 600}");
        ask("again-seed", "{\"model\": \"adult\", \"count\": 3, \"seed\": -9}");
        ask("again-given", "{\"model\": \"adult\", \"count\": 3, " + given + "}");
        ask("again-cut", "{\"model\": \"fashion\", \"count\": 300, " + cut + "}");
        ask("again-walk", "{\"model\": \"fashion\", \"from\": 7, \"to\": 8, \"steps\": 300, " + cut + "}");
        List<ConsumerRecord<byte[], byte[]>> walk = samplesOf("again-walk", "fashion", 300);
        List<ConsumerRecord<byte[], byte[]>> samples = new ArrayList<>(walk);
        samples.addAll(samplesOf("again-plain", "adult", 600));
        samples.addAll(samplesOf("again-seed", "adult", 3));
        samples.addAll(samplesOf("again-given", "adult", 3));
        samples.addAll(samplesOf("again-cut", "fashion", 300));
        samples.addAll(samplesOf("my-noise", "adult", 2));

        // Then their headers are enough to make them again, byte for byte
        for (int i = 0; i < samples.size(); i += i % 300 < 3 ? 1 : 99) {
            Map<String, Object> headers = headers(samples.get(i));
            assertThat(regenerated(headers).body())
                    .as(headers.toString())
                    .isEqualTo(samples.get(i).value());
        }
        // and a walk ends at the first samples of its seeds
        for (int end : List.of(0, 299)) {
            Map<String, Object> headers = headers(walk.get(end));
            headers.keySet().removeAll(List.of("understudy-from", "understudy-to", "understudy-steps"));
            headers.put("understudy-seed", end == 0 ? 7 : 8);
            headers.put("understudy-index", 0);
            assertThat(regenerated(headers).body()).isEqualTo(walk.get(end).value());
        }
    }

    @Test
    @Order(8)
    void recipesThatCannotBeFollowedAreRefusedByName() throws Exception {
        assertNotMade("understudy-model", "nobody", 404, "unknown-model", "not defined");
        assertNotMade("understudy-version", 999, 404, "unknown-version", "999");
        assertNotMade(
                "understudy-version", "new", 400, "invalid-recipe", "'understudy-version' must be a whole number");
        assertNotMade("understudy-truncation", 20, 400, "invalid-truncation", "from 0.1 to 10, it is 20");
        assertNotMade("understudy-given", Map.of("sex", "Blue"), 400, "unseen-value", "sex");
        assertNotMade("understudy-latents", "AAAA", 400, "invalid-recipe", "understudy-latents");
        assertNotMade("understudy-latents", "AAAAAA==", 400, "invalid-latents", "they are 1");
        assertNotMade("understudy-sede", 7, 400, "invalid-recipe", "understudy-sede");
        assertNotMade("understudy-steps", 7, 400, "invalid-recipe", "both");
        HttpResponse<byte[]> list = application.post("/samples/regenerate", "application/json", new byte[] {'[', ']'});
        assertThat(PackagedApplication.json(list).get("code").asText()).isEqualTo("invalid-body");
        assertThat(application
                        .post("/samples/regenerate", "application/json", new byte[(1 << 20) + 1])
                        .statusCode())
                .isEqualTo(413);
    }

    private static void assertNotMade(String header, Object value, int status, String code, String named)
            throws Exception {
        Map<String, Object> headers = new HashMap<>(Map.of(
                "understudy-model",
                "adult",
                "understudy-version",
                live("adult"),
                "understudy-index",
                0,
                "understudy-seed",
                7));
        headers.put(header, value);
        HttpResponse<byte[]> response = regenerated(headers);
        JsonNode problem = PackagedApplication.json(response);
        assertThat(problem.path("code").asText()).as(problem.toString()).isEqualTo(code);
        assertThat(problem.get("detail").asText()).contains(named);
        assertThat(response.statusCode()).isEqualTo(status);
    }

    @Test
    @Order(9)
    void corruptBytesAndSyntheticRecordsGoToTheDeadLetters() throws Exception {
        byte[] sample = console().committed("adult.synthetic").get(0).value();
        console().produce("understudy.requests", "corrupt", "\u0001\u0002\u0003");
        console().produce("understudy.noise", "corrupt", "\u0001\u0002\u0003");
        console().produce("adult", null, "not avro at all");
        try (KafkaProducer<byte[], byte[]> producer = console().producer()) {
            ProducerRecord<byte[], byte[]> fed = new ProducerRecord<>("adult", sample);
            fed.headers().add("understudy-version", "1".getBytes(StandardCharsets.UTF_8));
            producer.send(fed).get();
        }

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(console().committed("understudy.dead-letters"))
                        .extracting(letter -> new String(letter.value(), StandardCharsets.UTF_8))
                        .filteredOn(value -> value.equals("\u0001\u0002\u0003"))
                        .hasSize(2));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(PackagedApplication.json(application.get("/models/adult"))
                                .get("recordsRejected")
                                .asInt())
                        .isGreaterThanOrEqualTo(2));
        assertThat(application.samples("adult", "count=1", CSV).statusCode()).isEqualTo(200);
    }

    @Test
    @Order(10)
    void whatPeopleLookAtIsThere() throws Exception {
        assertThat(text(application.get("/"))).contains("Understudy", "/models", "gallery.png");
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(
                application.get("/models/fashion/gallery.png").body()));
        assertThat(picture.getWidth()).isEqualTo(960);
        assertThat(colours(picture)).isGreaterThan(20);
        assertThat(text(application.get("/q/metrics"))).contains("understudy_samples_total");
        assertThat(text(application.get("/q/openapi"))).contains("/models/{name}/samples");
        assertThat(text(application.get("/q/health/ready"))).contains("\"UP\"");
    }

    @Test
    @Order(11)
    void aClientThatLeavesCancelsItsRequest() throws Exception {
        String[] address = application.address().split(":", -1);
        String id;
        try (Socket socket = new Socket(address[0], Integer.parseInt(address[1]))) {
            String ask = String.join(
                    "\r\n",
                    "POST /models/adult/samples?count=50000000 HTTP/1.1",
                    "Host: understudy",
                    "Accept: text/csv",
                    "Content-Length: 0",
                    "",
                    "");
            socket.getOutputStream().write(ask.getBytes(StandardCharsets.US_ASCII));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            id = answer.lines()
                    .filter(line -> line.startsWith("Understudy-Request: "))
                    .findFirst()
                    .orElseThrow()
                    .substring("Understudy-Request: ".length());
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> "cancelled".equals(requestStatus(id)));
    }

    @Test
    @Order(12)
    void aPowerCutLosesNothing() throws Exception {
        int version = live("adult");
        String query = "count=500&seed=42&version=" + version;
        String before = text(application.samples("adult", query, CSV));
        JsonNode learned = PackagedApplication.json(application.get("/models/adult"));

        application.kill();
        application.start();

        JsonNode resumed = PackagedApplication.json(application.get("/models/adult"));
        assertThat(resumed.get("liveVersion").asInt()).isGreaterThanOrEqualTo(version);
        assertThat(resumed.get("recordsSeen").asInt())
                .isGreaterThanOrEqualTo(learned.get("recordsSeen").asInt());
        assertThat(text(application.samples("adult", query, CSV))).isEqualTo(before);
        assertThat(requestStatus("my-request")).isEqualTo("completed");
    }

    @Test
    @Order(13)
    void aCorruptFileNeverGoesLive() throws Exception {
        int version = live("fashion");
        application.kill();
        Path blobs = directory.resolve("data/models/blobs");
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(blobs)) {
            all.filter(Files::isRegularFile).forEach(files::add);
        }
        for (Path file : files) {
            if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("\"fashion\"")
                    && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                            .contains("\"understudy.version\":\"" + version + "\"")) {
                byte[] bytes = Files.readAllBytes(file);
                bytes[bytes.length - 1] ^= 1;
                Files.write(file, bytes);
            }
        }
        application.start();

        JsonNode fashion = PackagedApplication.json(application.get("/models/fashion"));
        assertThat(fashion.get("liveVersion").isNull()
                        || fashion.get("liveVersion").asInt() != version)
                .isTrue();
        assertRefused("fashion", "count=1&version=" + version, 503, "corrupt-weights", Integer.toString(version));
    }

    private static void assertRefused(String model, String query, int status, String code, String named)
            throws InterruptedException {
        HttpResponse<byte[]> response = application.samples(model, query, NDJSON);
        JsonNode problem = PackagedApplication.json(response);
        assertThat(problem.path("code").asText()).as(query + ": " + problem).isEqualTo(code);
        assertThat(problem.get("detail").asText()).contains(named);
        assertThat(response.statusCode()).isEqualTo(status);
    }

    private static void awaitLive(String model) {
        await().atMost(LEARNING).pollInterval(Duration.ofMillis(500)).until(() -> !PackagedApplication.json(
                        application.get("/models/" + model))
                .get("liveVersion")
                .isNull());
    }

    private static int live(String model) throws InterruptedException {
        return PackagedApplication.json(application.get("/models/" + model))
                .get("liveVersion")
                .asInt();
    }

    private static String requestStatus(String id) throws InterruptedException {
        return PackagedApplication.json(application.get("/requests/" + id))
                .path("status")
                .asText();
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static Console console() {
        return new Console(application.bootstrap());
    }

    private static String run(String command) throws Exception {
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        command.replace("localhost:8080", application.address()).replaceFirst("^curl", "curl -sS"))
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(command).isZero();
        return output;
    }

    private static void ask(String id, String request) throws Exception {
        console().produce("understudy.requests", id, request);
    }

    /** The samples of a request that is complete, in the order of their index. */
    private static List<ConsumerRecord<byte[], byte[]>> samplesOf(String request, String model, int count) {
        await().atMost(Duration.ofSeconds(30)).until(() -> "completed".equals(requestStatus(request)));
        List<ConsumerRecord<byte[], byte[]>> samples = console().committed(model + ".synthetic").stream()
                .filter(sample -> request.equals(Console.header(sample, "understudy-request")))
                .sorted(Comparator.comparing(sample -> Integer.parseInt(Console.header(sample, "understudy-index"))))
                .toList();
        assertThat(samples.stream().map(sample -> Console.header(sample, "understudy-index")))
                .containsExactlyElementsOf(
                        IntStream.range(0, count).mapToObj(Integer::toString).toList());
        return samples;
    }

    private static Map<String, Object> headers(ConsumerRecord<byte[], byte[]> sample) {
        Map<String, Object> headers = new HashMap<>();
        sample.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return headers;
    }

    private static HttpResponse<byte[]> regenerated(Map<String, Object> headers) throws Exception {
        return application.post(
                "/samples/regenerate", "application/json", PackagedApplication.JSON.writeValueAsBytes(headers));
    }

    private static long colours(BufferedImage picture) {
        return Stream.iterate(0, x -> x + 7)
                .limit(picture.getWidth() / 7)
                .flatMap(x -> Stream.iterate(0, y -> y + 7)
                        .limit(picture.getHeight() / 7)
                        .map(y -> picture.getRGB(x, y)))
                .distinct()
                .count();
    }
}
