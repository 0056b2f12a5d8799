package dev.understudy.api;

import dev.understudy.config.UnderstudyConfig;
import dev.understudy.kafka.KafkaClients;
import dev.understudy.kafka.Topic;
import dev.understudy.kafka.Topics;
import dev.understudy.wire.GenerationRequest;
import dev.understudy.wire.RequestOutcome;
import dev.understudy.wire.RequestStatus;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Asks for samples on the request topic and reads them from the synthetic topic, like any other client.
 *
 * <p><em>Thread safety</em>: safe. <em>Ownership</em>: owns the producer of requests; an {@link Accepted} is closed by who
 * opened it.
 */
@ApplicationScoped
public class SampleRequests {
    private final KafkaClients clients;
    private final Topics topics;
    private final OutcomeBoard outcomes;
    private final Duration patience;
    private final long window;
    private final Semaphore streams;
    private final Producer<String, GenerationRequest> producer;

    SampleRequests(KafkaClients clients, Topics topics, OutcomeBoard outcomes, UnderstudyConfig config) {
        this.clients = clients;
        this.topics = topics;
        this.outcomes = outcomes;
        this.patience = config.http().patience();
        this.window = config.sampling().window();
        this.streams = new Semaphore(config.http().maxStreams());
        this.producer = clients.producer(topics.requests());
    }

    @PreDestroy
    void close() {
        producer.close();
    }

    /** Where samples go. */
    interface Sink {
        /** Takes the next sample. */
        void take(GenericRecord sample) throws IOException;

        /** Called when no sample is at hand: what was taken may be passed on. */
        default void pause() throws IOException {}
    }

    /** A request that was accepted, and the stream of its samples. */
    final class Accepted implements AutoCloseable {
        private final GenerationRequest request;
        private final SampleStream samples;
        private final RequestOutcome outcome;

        private Accepted(GenerationRequest request, SampleStream samples, RequestOutcome outcome) {
            this.request = request;
            this.samples = samples;
            this.outcome = outcome;
        }

        /** Id, version and seed of the request. */
        RequestOutcome outcome() {
            return outcome;
        }

        /**
         * Hands over all samples in the order of their index.
         *
         * @throws HttpProblem if the request ended before its time, or nothing came for as long as patience lasts
         */
        void forEach(Sink sink) throws IOException {
            long lastSample = System.nanoTime();
            while (!samples.complete()) {
                GenericRecord sample = samples.next();
                if (sample != null) {
                    sink.take(sample);
                    lastSample = System.nanoTime();
                } else {
                    sink.pause();
                    checkUnderWay(lastSample);
                }
            }
        }

        private void checkUnderWay(long lastSample) {
            outcomes.outcome(request.getId()).filter(SampleRequests::ended).ifPresent(ending -> {
                throw Problems.of(ending.getCode(), ending.getMessage());
            });
            if (System.nanoTime() - lastSample > patience.toNanos()) {
                throw Problems.of("timeout", "no sample came for " + patience.toSeconds() + " s");
            }
        }

        /** Ends the stream, and cancels the request if it is not complete: nobody will read the rest. */
        @SuppressWarnings("FutureReturnValueIgnored") // If it fails, samples are made that nobody reads: no more harm.
        @Override
        public void close() {
            if (!samples.complete()) {
                producer.send(new ProducerRecord<>(topics.requests().name(), request.getId(), null));
            }
            release(samples);
        }
    }

    /**
     * Sends a request and waits until the planner has accepted it.
     *
     * @throws HttpProblem with the planner's code and sentence if it refused
     */
    Accepted open(GenerationRequest request) {
        if (!streams.tryAcquire()) {
            throw Problems.of(
                    "too-many-streams", "as many sample streams are open as understudy.http.max-streams allows");
        }
        SampleStream samples = null;
        try {
            samples = stream(request);
            send(request);
            return new Accepted(request, samples, accepted(request));
        } catch (RuntimeException e) {
            release(samples);
            throw e;
        }
    }

    private SampleStream stream(GenerationRequest request) {
        Topic<String, GenericRecord> topic = topics.synthetic(request.getModel());
        return new SampleStream(
                clients.reader(),
                topic.values().deserializer(),
                topic.name(),
                new SampleStream.Ask(request.getId(), request.getCount()),
                window);
    }

    private void release(SampleStream samples) {
        streams.release();
        if (samples != null) {
            samples.close();
        }
    }

    private void send(GenerationRequest request) {
        try {
            producer.send(new ProducerRecord<>(topics.requests().name(), request.getId(), request))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw Problems.of("broker-unavailable", "the broker did not take the request: " + e.getMessage());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private RequestOutcome accepted(GenerationRequest request) {
        RequestOutcome outcome = firstOutcome(request.getId());
        if (outcome.getStatus() == RequestStatus.ACCEPTED || outcome.getStatus() == RequestStatus.COMPLETED) {
            return outcome;
        }
        throw Problems.of(outcome.getCode(), outcome.getMessage());
    }

    private RequestOutcome firstOutcome(String request) {
        try {
            return outcomes.await(request, patience)
                    .orElseThrow(() -> Problems.of(
                            "timeout", "no generator answered within " + patience.toSeconds() + " s: is the role on?"));
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static HttpProblem interrupted() {
        Thread.currentThread().interrupt();
        return Problems.of("broker-unavailable", "the service is shutting down");
    }

    private static boolean ended(RequestOutcome outcome) {
        return outcome.getStatus() != RequestStatus.ACCEPTED && outcome.getStatus() != RequestStatus.COMPLETED;
    }
}
