package dev.understudy.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One Kafka node (KRaft, broker and controller) in this process, bound to the loopback address, its sizes those of a laptop.
 * What is on its topics outlives it in its directory: start another one there to go on. <em>Ownership</em>: whoever starts it
 * closes it, after all clients.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    /** Who it is, one of everything that defaults to three, and small buffers. */
    private static final String SETTINGS = """
            node.id=1
            process.roles=broker,controller
            listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
            advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
            listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
            controller.listener.names=CONTROLLER
            controller.quorum.voters=1@127.0.0.1:%2$d

            auto.create.topics.enable=false
            default.replication.factor=1
            min.insync.replicas=1
            offsets.topic.replication.factor=1
            offsets.topic.num.partitions=1
            transaction.state.log.replication.factor=1
            transaction.state.log.min.isr=1
            transaction.state.log.num.partitions=1
            share.coordinator.state.topic.replication.factor=1
            share.coordinator.state.topic.min.isr=1
            share.coordinator.state.topic.num.partitions=1

            group.initial.rebalance.delay.ms=0
            # A transaction that a killed process left open holds every read_committed reader until it is aborted.
            transaction.abort.timed.out.transaction.cleanup.interval.ms=1000

            log.cleaner.dedupe.buffer.size=8388608
            log.segment.bytes=268435456
            log.retention.bytes=4294967296
            num.network.threads=2
            num.io.threads=4
            background.threads=2
            """;

    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker and returns when it answers.
     *
     * @param directory of its data, formatted if it is new
     * @param port to listen on, 0 for any free one; the controller takes another free one
     */
    public static EmbeddedBroker start(Path directory, int port) {
        survive();
        format(directory);
        int listening = port == 0 ? freePort() : port;
        KafkaRaftServer server =
                new KafkaRaftServer(new KafkaConfig(properties(directory, listening, freePort())), Time.SYSTEM);
        server.startup();
        return new EmbeddedBroker(server, listening);
    }

    /** Address for clients, {@code host:port}. */
    public String bootstrap() {
        return HOST + ":" + port;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    /** A broker's fatal fault must not take the application along without a word: its clients will see it gone. */
    private static void survive() {
        Exit.Procedure refuse = (status, message) -> {
            throw new IllegalStateException("the embedded broker gave up with status " + status + ": " + message);
        };
        Exit.setExitProcedure(refuse);
        Exit.setHaltProcedure(refuse);
    }

    private static void format(Path directory) {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        try (PrintStream quiet = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            Files.createDirectories(directory);
            formatter(directory, quiet).run();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot format " + directory + " for the embedded broker", e);
        } catch (Exception e) {
            throw new IllegalStateException("cannot format " + directory + " for the embedded broker", e);
        }
    }

    private static Formatter formatter(Path directory, PrintStream output) {
        return new Formatter()
                .setPrintStream(output)
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .addDirectory(directory.toString())
                .setMetadataLogDirectory(directory.toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setControllerListenerName("CONTROLLER")
                .setIgnoreFormatted(true);
    }

    private static Properties properties(Path directory, int port, int controllerPort) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(SETTINGS.formatted(port, controllerPort)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        properties.setProperty("log.dirs", directory.toString());
        return properties;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on " + HOST, e);
        }
    }
}
