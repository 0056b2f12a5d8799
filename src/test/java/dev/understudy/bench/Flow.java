package dev.understudy.bench;

import dev.understudy.kafka.KafkaClients;
import dev.understudy.kafka.Topic;
import dev.understudy.kafka.TopicProvisioner;
import dev.understudy.kafka.Topics;
import dev.understudy.kafka.WireFormat;
import dev.understudy.wire.GenerationRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The topics of a deployment, with somebody who asks and somebody who reads. */
final class Flow implements AutoCloseable {
    private final KafkaClients clients;
    private final Topics topics;
    private final TopicProvisioner provisioner;
    private final String model;
    private final Topic<String, GenerationRequest> requests;
    private final Producer<String, GenerationRequest> producer;
    private final Subscriber subscriber;
    private int asked;

    /**
     * @param model the one that is asked for, and the name of the deployment
     */
    Flow(String bootstrap, Path directory, String model, int partitions) {
        this.clients = new KafkaClients(bootstrap, model, Map.of());
        this.topics = topics(directory, model);
        this.provisioner = new TopicProvisioner(clients.admin(), Optional.empty());
        this.model = model;
        provisioner.ensure(topics.specs(partitions));
        provisioner.ensure(List.of(topics.syntheticSpec(model, partitions)));
        requests = topics.requests();
        producer = clients.producer(requests);
        subscriber = new Subscriber(clients, topics.synthetic(model).name());
    }

    static Topics topics(Path directory, String deployment) {
        return new Topics(deployment + ".", WireFormat.local(directory.resolve("schemas")));
    }

    KafkaClients clients() {
        return clients;
    }

    Topics topics() {
        return topics;
    }

    TopicProvisioner provisioner() {
        return provisioner;
    }

    Subscriber subscriber() {
        return subscriber;
    }

    /** Asks, and waits until that is acknowledged. */
    void request(String id, long count) {
        ask(id, count);
        producer.flush();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what was asked for in vain is missed by the subscriber
    void ask(String id, long count) {
        GenerationRequest request = GenerationRequest.newBuilder()
                .setId(id)
                .setModel(model)
                .setCount(count)
                .setSeed((long) id.hashCode())
                .build();
        producer.send(new ProducerRecord<>(requests.name(), id, request));
    }

    /** Seconds from asking to the last sample that is seen committed. */
    double secondsOf(String name, long samples, int request) throws InterruptedException {
        long seen = subscriber.count();
        long start = System.nanoTime();
        for (int i = 0; i < samples / request; i++) {
            request(name + "-" + asked++, request);
        }
        subscriber.await(seen + samples / request * request);
        return (System.nanoTime() - start) / 1e9;
    }

    @Override
    public void close() throws InterruptedException {
        producer.close();
        subscriber.close();
        provisioner.close();
    }
}
