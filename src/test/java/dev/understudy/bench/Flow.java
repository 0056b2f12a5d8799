package dev.understudy.bench;

import dev.understudy.kafka.KafkaClients;
import dev.understudy.kafka.Topic;
import dev.understudy.kafka.TopicProvisioner;
import dev.understudy.kafka.Topics;
import dev.understudy.kafka.WireFormat;
import dev.understudy.model.ModelCatalog;
import dev.understudy.sampling.Sampling;
import dev.understudy.sampling.SamplingMeters;
import dev.understudy.sampling.SamplingSettings;
import dev.understudy.sampling.generate.Sampler;
import dev.understudy.sampling.plan.Versions;
import dev.understudy.wire.GenerationRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sampling as it is deployed, on topics of its own, with somebody who asks and somebody who reads. */
final class Flow implements AutoCloseable {
    private static final int PARTITIONS = 2;

    private final Topic<String, GenerationRequest> requests;
    private final Producer<String, GenerationRequest> producer;
    private final TopicProvisioner provisioner;
    private final Sampling sampling;
    private final String model;
    private final Subscriber subscriber;

    /**
     * @param name of the deployment, part of the names of all topics
     * @param model the one that is asked for
     */
    Flow(
            String bootstrap,
            Path directory,
            String name,
            SamplingSettings settings,
            SamplingMeters meters,
            String model,
            ModelCatalog catalog,
            Versions versions,
            Sampler<GenericRecord> sampler)
            throws InterruptedException {
        KafkaClients clients = new KafkaClients(bootstrap, name, Map.of());
        Topics topics = new Topics(name + ".", WireFormat.local(directory.resolve("schemas")));
        provisioner = new TopicProvisioner(clients.admin(), Optional.empty());
        provisioner.ensure(topics.specs(PARTITIONS));
        provisioner.ensure(List.of(topics.syntheticSpec(model, PARTITIONS)));
        this.model = model;
        requests = topics.requests();
        producer = clients.producer(requests);
        sampling = new Sampling(clients, topics, provisioner, settings, meters);
        sampling.start(catalog, versions, sampler);
        while (!sampling.running()) {
            Thread.sleep(20);
        }
        subscriber = new Subscriber(clients, topics.synthetic(model).name());
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

    @Override
    public void close() throws InterruptedException {
        sampling.close();
        producer.close();
        subscriber.close();
        provisioner.close();
    }
}
