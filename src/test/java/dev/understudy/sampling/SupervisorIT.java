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
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
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
                    .hasValueSatisfying(told -> assertThat(told).contains("no luck", "anew, within 2 s"));
            patiently().until(() -> seen.contains("record"));

            assertThat(failures).hasNegativeValue();
            assertThat(supervisor.problem()).isEmpty();
        }
    }

    /** It would wait for as long as a producer may block. */
    @Test
    void whatTheBrokerDoesNotTakeDoesNotHangTheThread() {
        provision("taken");
        provision("letters");
        Properties properties = properties("refused");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_BLOCK_MS_CONFIG), Integer.MAX_VALUE);
        properties.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, "letters");
        properties.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, ProductionFailures.class);
        failures.set(1);
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("refused", Consumed.with(Serdes.String(), Serdes.String()))
                .process(() -> new Delay(failures))
                .to("taken", Produced.with(Serdes.String(), Serdes.String()));
        builder.stream("taken", Consumed.with(Serdes.String(), Serdes.String()))
                .foreach((key, value) -> seen.add(value));
        try (Supervisor supervisor = supervisor("refused", builder.build(), properties)) {
            supervisor.start();
            send("refused", "record");

            patiently().until(() -> seen.contains("record"));
        }
    }

    /** Dates records two hours later, a number of times, which no broker takes. */
    private record Delay(AtomicInteger times, AtomicReference<ProcessorContext<String, String>> context)
            implements Processor<String, String, String, String> {

        Delay(AtomicInteger times) {
            this(times, new AtomicReference<>());
        }

        @Override
        public void init(ProcessorContext<String, String> initialised) {
            context.set(initialised);
        }

        @Override
        public void process(Record<String, String> record) {
            boolean delayed = times.getAndDecrement() > 0;
            context.get().forward(delayed ? record.withTimestamp(record.timestamp() + 7_200_000) : record);
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
        return supervisor(topic, topology(topic), properties(topic));
    }

    private Supervisor supervisor(String topic, Topology topology, Properties properties) {
        provision(topic);
        return new Supervisor(
                kafka -> new KafkaStreams(topology, properties, kafka),
                PAUSE,
                () -> System.currentTimeMillis() + aheadMillis.get());
    }

    private static void provision(String topic) {
        try (TopicProvisioner provisioner = new TopicProvisioner(clients.admin(), Optional.empty())) {
            provisioner.ensure(List.of(TopicSpec.plain(topic, 1)));
        }
    }

    private static Properties properties(String application) {
        Properties properties = new Properties();
        properties.putAll(clients.common());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, clients.instance());
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG, directory.resolve("state").toString());
        return properties;
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
