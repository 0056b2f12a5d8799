package dev.understudy.api;

import dev.understudy.config.UnderstudyConfig;
import dev.understudy.kafka.KafkaClients;
import dev.understudy.kafka.Topics;
import dev.understudy.model.Definitions;
import dev.understudy.model.ModelCatalog;
import dev.understudy.wire.ModelDefinition;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Publishes definitions, and returns when this process knows them and their topics exist.
 *
 * <p><em>Thread safety</em>: safe. <em>Ownership</em>: owns the producer of definitions.
 */
@ApplicationScoped
public class DefinitionPublisher {
    private static final int LOOK_MILLIS = 10;

    private final ModelCatalog catalog;
    private final String topic;
    private final Duration patience;
    private final Producer<String, ModelDefinition> producer;

    DefinitionPublisher(KafkaClients clients, Topics topics, ModelCatalog catalog, UnderstudyConfig config) {
        this.catalog = catalog;
        this.topic = topics.definitions().name();
        this.patience = config.http().patience();
        this.producer = clients.producer(topics.definitions());
    }

    @PreDestroy
    void close() {
        producer.close();
    }

    /**
     * The definition of a model.
     *
     * @throws io.quarkiverse.resteasy.problem.HttpProblem if there is none
     */
    ModelDefinition existing(String name) {
        return catalog.definition(name)
                .orElseThrow(() -> Problems.of("unknown-model", "there is no model '" + name + "'"));
    }

    /** Refuses a name that cannot name a model and its topics. */
    static String checkedName(String name) {
        if (!Definitions.isName(name)) {
            throw Problems.of(
                    "invalid-name",
                    "name must be 1 to 100 of a-z, 0-9, '.', '_' and '-', the first a letter or digit, got '" + name
                            + "'");
        }
        return name;
    }

    /** Publishes a new or changed definition. */
    void publish(ModelDefinition definition) {
        try {
            producer.send(new ProducerRecord<>(topic, definition.getName(), definition))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            awaitKnown(definition);
        } catch (ExecutionException | TimeoutException e) {
            throw Problems.of("broker-unavailable", "the broker did not take the definition: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problems.of("broker-unavailable", "the service is shutting down");
        }
    }

    /** The catalog is fed from the topic: what is in it has its topics. */
    private void awaitKnown(ModelDefinition definition) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!catalog.definition(definition.getName())
                .filter(definition::equals)
                .isPresent()) {
            if (System.nanoTime() > end) {
                throw Problems.of("timeout", "the definition did not come back within " + patience.toSeconds() + " s");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }
}
