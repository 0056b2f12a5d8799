package dev.understudy.sampling;

import dev.understudy.kafka.KafkaClients;
import dev.understudy.kafka.TopicProvisioner;
import dev.understudy.kafka.Topics;
import dev.understudy.kafka.WireFormat;
import dev.understudy.model.ModelCatalog;
import dev.understudy.sampling.generate.Batching;
import dev.understudy.sampling.plan.Limits;
import dev.understudy.wire.ModelDefinition;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The flow in a process of its own, so that it can be killed. */
final class SamplingProcess {
    private SamplingProcess() {}

    /** Starts one that serves {@link SmallModels}; its log goes to a file in the directory. */
    static Process start(String bootstrap, Path directory) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        File log = directory.resolve("process.log").toFile();
        return new ProcessBuilder(List.of(
                        java,
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SamplingProcess.class.getName(),
                        bootstrap,
                        directory.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    public static void main(String[] arguments) throws InterruptedException {
        run(arguments[0], Path.of(arguments[1]));
        new CountDownLatch(1).await();
    }

    static Sampling run(String bootstrap, Path directory) {
        // What a killed process left open holds everybody up until the broker aborts it: make that soon.
        KafkaClients clients = new KafkaClients(bootstrap, "one", Map.of("producer.transaction.timeout.ms", 3000));
        Topics topics = new Topics("understudy.", WireFormat.local(directory.resolve("schemas")));
        Sampling sampling = new Sampling(
                clients,
                topics,
                new TopicProvisioner(clients.admin(), Optional.empty()),
                settings(directory),
                new SamplingMeters(new SimpleMeterRegistry(), 64));
        SmallModels models = new SmallModels();
        sampling.start(catalog(), models, models);
        return sampling;
    }

    private static SamplingSettings settings(Path directory) {
        return new SamplingSettings(
                "understudy.sampling",
                directory.resolve("state"),
                1,
                1,
                Duration.ofMillis(100),
                Guarantee.EXACTLY_ONCE,
                Batching.of(64, Duration.ofMillis(20)),
                new Limits(100_000, 10_000, 64, 1024, 4096));
    }

    private static ModelCatalog catalog() {
        ModelCatalog catalog = new ModelCatalog();
        catalog.define(ModelDefinition.newBuilder()
                .setName("small")
                .setTopic("real")
                .setRecordSchema(SmallModels.SCHEMA.toString())
                .build());
        return catalog;
    }
}
