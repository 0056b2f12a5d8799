package dev.understudy.bench;

import dev.understudy.kafka.KafkaClients;
import dev.understudy.kafka.TopicProvisioner;
import dev.understudy.kafka.TopicSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/** A topology that sends on what it gets, exactly once: no flow of this kind can answer sooner. */
final class Echo implements AutoCloseable {
    private static final String IN = "echo-in";
    private static final String OUT = "echo-out";

    private final Producer<byte[], byte[]> producer;
    private final KafkaStreams streams;
    private final Subscriber subscriber;

    Echo(String bootstrap, Path directory, Duration commitInterval, int partitions) throws InterruptedException {
        KafkaClients clients = new KafkaClients(bootstrap, "echo", Map.of());
        try (TopicProvisioner provisioner = new TopicProvisioner(clients.admin(), Optional.empty())) {
            provisioner.ensure(List.of(TopicSpec.plain(IN, partitions), TopicSpec.plain(OUT, partitions)));
        }
        producer = clients.producer();
        Properties properties = new Properties();
        properties.putAll(clients.common());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "echo");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(IN, Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
                .to(OUT, Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
        streams = new KafkaStreams(builder.build(), properties);
        streams.start();
        while (streams.state() != KafkaStreams.State.RUNNING) {
            Thread.sleep(20);
        }
        subscriber = new Subscriber(clients, OUT);
    }

    Subscriber subscriber() {
        return subscriber;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what was asked for in vain is missed by the subscriber
    void ask(String id) {
        byte[] key = (id + "/0").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(IN, key, key));
        producer.flush();
    }

    @Override
    public void close() throws InterruptedException {
        streams.close();
        producer.close();
        subscriber.close();
    }
}
