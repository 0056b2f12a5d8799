package dev.understudy.api;

import dev.understudy.api.ModelView.RejectedRow;
import dev.understudy.api.ModelView.Taken;
import dev.understudy.api.format.RecordReader;
import dev.understudy.api.format.RowResult;
import dev.understudy.codec.LayoutLearner;
import dev.understudy.kafka.KafkaClients;
import dev.understudy.kafka.Topics;
import dev.understudy.model.ModelCatalog;
import dev.understudy.wire.ModelDefinition;
import dev.understudy.wire.ModelSettings;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Publishes the rows of an upload to the real topic of its model, which it defines if need be.
 *
 * <p>Memory is bounded by the first rows, which are looked at before anything is defined, and by the producer's buffer: when
 * the broker is slow, the upload is.
 *
 * <p><em>Thread safety</em>: safe. <em>Ownership</em>: owns the producer of records.
 */
@ApplicationScoped
public class RecordIntake {
    private static final int LOOKED_AT = 1_000;
    private static final int ERRORS_TOLD = 100;

    private final ModelCatalog catalog;
    private final DefinitionPublisher definitions;
    private final Producer<byte[], GenericRecord> producer;

    RecordIntake(KafkaClients clients, Topics topics, ModelCatalog catalog, DefinitionPublisher definitions) {
        this.catalog = catalog;
        this.definitions = definitions;
        this.producer = clients.producer(topics.real("any"));
    }

    @PreDestroy
    void close() {
        producer.close();
    }

    /**
     * Takes all rows, and returns once the broker has them.
     *
     * @throws HttpProblem if the model cannot be learned as the file is, the file cannot be read, or the broker is gone
     */
    Taken take(String model, RecordReader reader) throws IOException {
        Upload upload = new Upload();
        List<GenericRecord> first = upload.look(reader);
        ModelDefinition definition = catalog.definition(model).orElseGet(() -> define(model, reader.schema(), first));
        first.forEach(record -> upload.send(definition, record));
        while (upload.next(reader) instanceof RowResult.Taken taken) {
            upload.send(definition, taken.record());
        }
        return upload.finished(definition);
    }

    private ModelDefinition define(String model, Schema schema, List<GenericRecord> first) {
        if (first.isEmpty()) {
            throw Problems.of("no-records", "the upload has no row that could be read, so there is nothing to learn");
        }
        LayoutLearner learner = new LayoutLearner(schema, Map.of());
        first.forEach(learner::observe);
        DefinitionBody.refuse(learner.problems());
        ModelDefinition definition = ModelDefinition.newBuilder()
                .setName(model)
                .setTopic(model)
                .setRecordSchema(schema.toString())
                .setHints(Map.of())
                .setSettings(ModelSettings.newBuilder().build())
                .build();
        definitions.publish(definition);
        return definition;
    }

    /** One upload under way: what was sent and acknowledged, what was refused. */
    private final class Upload {
        private final List<RejectedRow> errors = new ArrayList<>();
        private final AtomicLong acknowledged = new AtomicLong();
        private final AtomicReference<Exception> failure = new AtomicReference<>();
        private long sent;
        private long rejected;

        /** The first records, and the errors among them. */
        List<GenericRecord> look(RecordReader reader) throws IOException {
            List<GenericRecord> records = new ArrayList<>();
            while (records.size() < LOOKED_AT && next(reader) instanceof RowResult.Taken taken) {
                records.add(taken.record());
            }
            return records;
        }

        /** The next record or the end; rows that are neither are counted on the way. */
        RowResult next(RecordReader reader) throws IOException {
            RowResult result = reader.next();
            while (result instanceof RowResult.Refused refused) {
                rejected++;
                if (errors.size() < ERRORS_TOLD) {
                    errors.add(new RejectedRow(refused.row(), reason(refused)));
                }
                result = reader.next();
            }
            return result;
        }

        private String reason(RowResult.Refused refused) {
            return refused.column().isEmpty() ? refused.reason() : refused.column() + ": " + refused.reason();
        }

        @SuppressWarnings("FutureReturnValueIgnored") // The callback counts.
        void send(ModelDefinition definition, GenericRecord record) {
            if (failure.get() != null) {
                throw gone();
            }
            try {
                sent++;
                producer.send(new ProducerRecord<>(definition.getTopic(), record), (metadata, e) -> {
                    if (e == null) {
                        acknowledged.incrementAndGet();
                    } else {
                        failure.compareAndSet(null, e);
                    }
                });
            } catch (KafkaException e) {
                failure.compareAndSet(null, e);
                throw gone();
            }
        }

        Taken finished(ModelDefinition definition) {
            producer.flush();
            if (acknowledged.get() < sent) {
                throw gone();
            }
            return Taken.of(definition, sent, rejected, errors);
        }

        private HttpProblem gone() {
            return Problems.with(
                            "broker-unavailable",
                            "the broker did not take all records: "
                                    + failure.get().getMessage())
                    .with("accepted", acknowledged.get())
                    .build();
        }
    }
}
