package dev.understudy.faults;

import dev.understudy.kafka.KafkaClients;
import dev.understudy.kafka.Topics;
import dev.understudy.wire.GenerationRequest;
import dev.understudy.wire.NoiseBatch;
import dev.understudy.wire.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Somebody who goes on asking, so many times a second, whatever happens: for few samples and for many, in all priorities, on behalf
 * of several tenants, with and without what is given; one time in eight by noise published directly. Follows from its seed.
 */
final class Demand implements AutoCloseable {
    /** Noise is numbered apart: every eighth is no request, and all large ones are. */
    private static final int NOISE_EVERY = 8;

    private static final int LARGE_EVERY = 50;
    private static final int LARGE = 3_000;
    private static final int SMALL = 100;
    private static final List<Priority> PRIORITIES = List.of(Priority.values());

    private final Random random;
    private final String requestTopic;
    private final String noiseTopic;
    private final Producer<String, GenerationRequest> requests;
    private final Producer<String, NoiseBatch> noise;
    private final Map<String, NoiseBatch> asked = new ConcurrentHashMap<>();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(daemon());
    private Optional<Duration> patience = Optional.empty();
    private int next;

    Demand(KafkaClients clients, Topics topics, long seed) {
        random = new Random(seed);
        requestTopic = topics.requests().name();
        noiseTopic = topics.noise().name();
        requests = clients.producer(topics.requests());
        noise = clients.producer(topics.noise());
    }

    private static ThreadFactory daemon() {
        return task -> {
            Thread made = new Thread(task, "demand");
            made.setDaemon(true);
            return made;
        };
    }

    /** From now on everything has a deadline so long after it was asked for. */
    void impatient(Duration time) {
        patience = Optional.of(time);
    }

    /** Asks from now on. */
    void goOn(int perSecond) {
        Future<?> unused = thread.scheduleAtFixedRate(this::ask, 0, 1_000_000 / perSecond, TimeUnit.MICROSECONDS);
    }

    private void ask() {
        try {
            boolean direct = next % NOISE_EVERY == NOISE_EVERY - 1;
            ask(next(direct ? "noise-" : "request-"), direct);
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    private NoiseBatch next(String kind) {
        int number = next++;
        boolean large = number % LARGE_EVERY == LARGE_EVERY - 2;
        return NoiseBatch.newBuilder()
                .setRequest(kind + number)
                .setModel(Purchases.MODEL)
                .setCount(large ? LARGE : 1 + random.nextInt(SMALL))
                .setSeed(random.nextLong())
                .setTruncation(number % 7 == 0 ? 0.8 : null)
                .setGiven(given(number))
                .setPriority(PRIORITIES.get(random.nextInt(PRIORITIES.size())))
                .setTenant("tenant-" + random.nextInt(3))
                .setDeadline(patience.map(Instant.now()::plus).orElse(null))
                .build();
    }

    private Map<String, Object> given(int number) {
        Map<String, Object> given = new HashMap<>();
        if (number % 5 == 0) {
            given.put("shop", random.nextBoolean() ? "NORTH" : "SOUTH");
        }
        if (number % 15 == 0) {
            given.put("price", random.nextDouble());
        }
        return given;
    }

    /** Asks for one sample at once, before others. */
    String probe() {
        NoiseBatch one = NoiseBatch.newBuilder()
                .setRequest("probe-" + System.nanoTime())
                .setModel(Purchases.MODEL)
                .setCount(1)
                .setSeed(1)
                .setPriority(Priority.INTERACTIVE)
                .build();
        ask(one, false);
        return one.getRequest();
    }

    private void ask(NoiseBatch recipe, boolean direct) {
        asked.put(recipe.getRequest(), recipe);
        if (direct) {
            send(noise, new ProducerRecord<>(noiseTopic, recipe.getRequest() + "/0", recipe));
        } else {
            send(requests, new ProducerRecord<>(requestTopic, recipe.getRequest(), request(recipe)));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback keeps what went wrong
    private <V> void send(Producer<String, V> producer, ProducerRecord<String, V> record) {
        producer.send(record, (metadata, e) -> {
            if (e != null) {
                failure.compareAndSet(null, e);
            }
        });
    }

    private static GenerationRequest request(NoiseBatch recipe) {
        return GenerationRequest.newBuilder()
                .setId(recipe.getRequest())
                .setModel(recipe.getModel())
                .setCount(recipe.getCount())
                .setSeed(recipe.getSeed())
                .setTruncation(recipe.getTruncation())
                .setGiven(recipe.getGiven())
                .setPriority(recipe.getPriority())
                .setTenant(recipe.getTenant())
                .setDeadline(recipe.getDeadline())
                .build();
    }

    /** Asks no more; all that was asked for, by the name of the request, once the broker has it. */
    Map<String, NoiseBatch> end() throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(2, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the broker has not taken what was asked for within two minutes");
        }
        requests.flush();
        noise.flush();
        if (failure.get() != null) {
            throw new IllegalStateException("something could not be asked for", failure.get());
        }
        return asked;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        requests.close(Duration.ofSeconds(1));
        noise.close(Duration.ofSeconds(1));
    }
}
