package dev.understudy.sampling;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;
import org.jboss.logging.Logger;

/**
 * Keeps Kafka Streams running: when one of its threads dies, the client stops and another takes its place. That comes back under
 * the names of the threads before it and so has their partitions at once, where a single new thread would wait for the
 * session of the dead one to end. What keeps dying pauses, so that other processes take over what it had.
 *
 * <p>A client is also replaced when the wall clock is set back: the timers of Kafka's clients never go back, so these would
 * stand still until the clock has caught up.
 *
 * <p><em>Thread safety</em>: share freely. <em>Ownership</em>: ends its thread and the client.
 */
final class Supervisor implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Supervisor.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long LOOK_MILLIS = 500;

    /** Deaths after which it pauses, if they come within some time. */
    private static final int MOST = 3;

    private static final Duration WITHIN = Duration.ofMinutes(5);

    /** Who is set back by less has caught up before another client is there. */
    private static final long LEAST_STEP_MILLIS = 5_000;

    private final Function<KafkaClientSupplier, KafkaStreams> client;
    private final Duration pause;
    private final LongSupplier wallMillis;
    private final Set<Consumer<?, ?>> consumers =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(Supervisor::daemon);
    private final Deque<Long> deaths = new ArrayDeque<>();
    private volatile KafkaStreams streams;
    private volatile Throwable lastFailure;
    private long offsetMillis;
    private long notBeforeNanos;
    private boolean stopped;

    /**
     * @param client makes a client, not started
     * @param pause after which what keeps dying is tried again; others should have had the time to take over
     * @param wallMillis the wall clock, in milliseconds
     */
    Supervisor(Function<KafkaClientSupplier, KafkaStreams> client, Duration pause, LongSupplier wallMillis) {
        this.client = client;
        this.pause = pause;
        this.wallMillis = wallMillis;
    }

    private static Thread daemon(Runnable task) {
        Thread made = new Thread(task, "sampling-supervisor");
        made.setDaemon(true);
        return made;
    }

    /** Starts a client, and looks after it from now on. */
    void start() {
        offsetMillis = offset();
        startClient();
        Future<?> unused = thread.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void startClient() {
        KafkaStreams made = client.apply(new Clients());
        made.setUncaughtExceptionHandler(this::died);
        made.setStateListener((now, before) -> LOG.debugf("Sampling is %s. before=%s", now, before));
        try {
            made.start();
        } catch (RuntimeException e) {
            made.close();
            throw e;
        }
        streams = made;
    }

    /** The client that runs now. */
    KafkaStreams streams() {
        return streams;
    }

    /** What is wrong, one sentence; empty if nothing is. */
    Optional<String> problem() {
        State state = streams.state();
        return state == State.CREATED || state.isRunningOrRebalancing()
                ? Optional.empty()
                : Optional.of("sampling has stopped, state " + state + ", last failure " + lastFailure
                        + "; it is to start anew, within " + pause.toSeconds() + " s once it has ended");
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            // It may just be starting a client anew.
            if (!thread.awaitTermination(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warnf("Sampling is still starting anew; left as it is.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (streams != null) {
            streams.close(PATIENCE);
        }
    }

    private StreamThreadExceptionResponse died(Throwable cause) {
        boolean woken = cause instanceof WakeupException || cause.getCause() instanceof WakeupException;
        if (!woken) {
            // Kafka Streams logs the stack.
            LOG.errorf("A stream thread died; sampling starts anew. cause=%s", cause);
        }
        lastFailure = cause.getCause() == null ? cause : cause.getCause();
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private void look() {
        try {
            long before = offsetMillis;
            offsetMillis = offset();
            if (before - offsetMillis > LEAST_STEP_MILLIS) {
                wake(before - offsetMillis);
            }
            revive(System.nanoTime());
        } catch (Throwable e) {
            // Thrown, even memory that was short for a moment would end the looks for ever.
            LOG.errorf(e, "Sampling could not be looked after; trying again.");
        }
    }

    /** How far the wall clock is ahead of one that is never set. */
    private long offset() {
        return wallMillis.getAsLong() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    /** What waits by the old time dies of being woken. */
    private void wake(long millis) {
        LOG.warnf("The clock was set back; sampling starts anew. seconds=%d", millis / 1000);
        List.copyOf(consumers).forEach(Consumer::wakeup);
    }

    private void revive(long nowNanos) {
        if (streams.state() != State.ERROR) {
            return;
        }
        if (!stopped) {
            stopped = true;
            notBeforeNanos = nowNanos + (diesTooOften(nowNanos) ? pause.toNanos() : 0);
        }
        if (nowNanos - notBeforeNanos >= 0) {
            // Should this one fail to start
            notBeforeNanos = nowNanos + pause.toNanos();
            startClient();
            stopped = false;
            LOG.infof("Sampling started anew. deaths=%d", deaths.size());
        }
    }

    /** Notes that a client died. */
    private boolean diesTooOften(long nowNanos) {
        deaths.addLast(nowNanos);
        while (nowNanos - deaths.peekFirst() > WITHIN.toNanos()) {
            deaths.removeFirst();
        }
        return deaths.size() > MOST;
    }

    /** Kafka's own clients; those that poll for stream threads are remembered while they live. */
    private final class Clients extends DefaultKafkaClientSupplier {
        @Override
        public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
            Consumer<byte[], byte[]> consumer = super.getConsumer(config);
            consumers.add(consumer);
            return consumer;
        }
    }
}
