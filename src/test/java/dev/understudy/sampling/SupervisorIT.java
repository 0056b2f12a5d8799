package dev.understudy.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.understudy.broker.EmbeddedBroker;
import dev.understudy.kafka.KafkaClients;
import dev.understudy.kafka.TopicProvisioner;
import dev.understudy.kafka.TopicSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorIT {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    @TempDir
    static Path directory;

    private static EmbeddedBroker broker;
    private static KafkaClients clients;

    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicLong aheadMillis = new AtomicLong();

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
        clients = new KafkaClients(broker.bootstrap(), "test", Map.of());
    }

    @AfterAll
    static void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void whatDiesStartsAnewAndPausesIfItKeepsDying() {
        failures.set(5);
        try (Supervisor supervisor = supervisor("failing")) {
            supervisor.start();
            send("failing", "record");

            patiently().until(() -> supervisor.problem().isPresent());
            assertThat(supervisor.problem())
                    .hasValueSatisfying(told -> assertThat(told).contains("no luck", "anew within 2 s"));
            patiently().until(() -> seen.contains("record"));

            assertThat(failures).hasNegativeValue();
            assertThat(supervisor.problem()).isEmpty();
        }
    }

    @Test
    void startsAnewWhenTheClockIsSetBack() {
        try (Supervisor supervisor = supervisor("set-back")) {
            supervisor.start();
            send("set-back", "before");
            patiently().until(() -> seen.contains("before"));
            KafkaStreams before = supervisor.streams();

            aheadMillis.set(-7_200_000);

            patiently().until(() -> supervisor.streams() != before);
            send("set-back", "after");
            patiently().until(() -> seen.contains("after"));
            assertThat(supervisor.problem()).isEmpty();
            assertThat(before.state()).isEqualTo(State.ERROR);
        }
    }

    /** Threads are meant to die here. */
    private static ConditionFactory patiently() {
        return await().dontCatchUncaughtExceptions().atMost(Duration.ofMinutes(2));
    }

    private Supervisor supervisor(String topic) {
        try (TopicProvisioner provisioner = new TopicProvisioner(clients.admin(), Optional.empty())) {
            provisioner.ensure(List.of(TopicSpec.plain(topic, 1)));
        }
        Properties properties = new Properties();
        properties.putAll(clients.common());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, topic);
        properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, clients.instance());
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG, directory.resolve("state").toString());
        return new Supervisor(
                kafka -> new KafkaStreams(topology(topic), properties, kafka),
                PAUSE,
                () -> System.currentTimeMillis() + aheadMillis.get());
    }

    private Topology topology(String topic) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(topic, Consumed.with(Serdes.String(), Serdes.String())).foreach((key, value) -> {
            if (failures.decrementAndGet() >= 0) {
                throw new IllegalStateException("no luck");
            }
            seen.add(value);
        });
        return builder.build();
    }

    private static void send(String topic, String value) {
        Map<String, Object> properties = new HashMap<>(clients.common());
        try (Producer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            Future<?> unused = producer.send(new ProducerRecord<>(topic, value));
        }
    }
}
