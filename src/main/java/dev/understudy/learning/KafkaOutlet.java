package dev.understudy.learning;

import dev.understudy.kafka.DeadLetters;
import dev.understudy.kafka.Topic;
import dev.understudy.kafka.Topics;
import dev.understudy.wire.LearningReport;
import dev.understudy.wire.LearningState;
import dev.understudy.wire.ModelAnnouncement;
import dev.understudy.wire.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;

/**
 * Tells the topics, and the log once per event worth a human. <em>Thread safety</em>: one owner; producer and dead letters
 * may be shared.
 */
final class KafkaOutlet implements Outlet {
    private static final Logger LOG = Logger.getLogger(KafkaOutlet.class);
    private static final int ANSWER_SECONDS = 30;
    private static final int MOST_UNSETTLED = 1_000;
    private static final int REFUSALS_BETWEEN_LOGS = 1_000;

    private final Topics topics;
    private final Producer<byte[], byte[]> producer;
    private final DeadLetters deadLetters;
    private final List<Letter> unsettled = new ArrayList<>();
    private long lastRound = -1;
    private LearningState lastState;
    private long lastLaidOut;
    private long refused;

    private record Letter(
            ConsumerRecord<byte[], byte[]> source, String code, String reason, CompletableFuture<Void> kept) {}

    KafkaOutlet(Topics topics, Producer<byte[], byte[]> producer, DeadLetters deadLetters) {
        this.topics = topics;
        this.producer = producer;
        this.deadLetters = deadLetters;
    }

    @Override
    public void report(LearningReport report) {
        if (isNews(report)) {
            log(report);
        }
        await(send(topics.learning(), report.getModel(), report));
    }

    /** Counts alone are not: a resting learner would fill the log with them. */
    private boolean isNews(LearningReport report) {
        boolean refreshed = report.getLaidOut() < lastLaidOut;
        boolean news = refreshed || report.getRound() != lastRound || report.getState() != lastState;
        lastRound = report.getRound();
        lastState = report.getState();
        lastLaidOut = report.getLaidOut();
        return news;
    }

    private static void log(LearningReport report) {
        LOG.infof(
                "model=%s round=%d state=%s steps=%d seen=%d rejected=%d version=%s scores=%s: %s",
                report.getModel(),
                report.getRound(),
                report.getState(),
                report.getSteps(),
                report.getRecordsSeen(),
                report.getRecordsRejected(),
                report.getCandidate(),
                report.getScores(),
                report.getReason());
    }

    @Override
    public void announce(ModelAnnouncement announcement) {
        await(send(topics.models(), key(announcement.getModel(), announcement.getVersion()), announcement));
        if (announcement.getVerdict() == Verdict.PROMOTED) {
            LOG.infof(
                    "model=%s version=%d is live, bytes=%d sha256=%s",
                    announcement.getModel(),
                    announcement.getVersion(),
                    announcement.getBytes(),
                    announcement.getSha256());
        }
    }

    @Override
    public void forget(String model, int version) {
        await(send(topics.models(), key(model, version), null));
    }

    /** Sends a record that cannot be learned from to the dead letters. */
    void refuse(ConsumerRecord<byte[], byte[]> source, String code, String reason) {
        if (refused++ % REFUSALS_BETWEEN_LOGS == 0) {
            LOG.warnf(
                    "Refused %d records so far, now: topic=%s partition=%d offset=%d code=%s",
                    refused, source.topic(), source.partition(), source.offset(), code);
        }
        unsettled.add(new Letter(source, code, reason, deadLetters.send(source, code, reason)));
        if (unsettled.size() >= MOST_UNSETTLED) {
            settle();
        }
    }

    /** A letter that failed is sent again, and the caller told: it must not count the record as consumed yet. */
    @Override
    public void settle() {
        List<Letter> letters = List.copyOf(unsettled);
        unsettled.clear();
        KafkaException failure = null;
        for (Letter letter : letters) {
            try {
                await(letter.kept());
            } catch (KafkaException e) {
                failure = e;
                unsettled.add(new Letter(
                        letter.source(),
                        letter.code(),
                        letter.reason(),
                        deadLetters.send(letter.source(), letter.code(), letter.reason())));
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private <V> Future<?> send(Topic<String, V> topic, String key, V value) {
        return producer.send(new ProducerRecord<>(
                topic.name(),
                topic.keys().serializer().serialize(topic.name(), key),
                topic.values().serializer().serialize(topic.name(), value)));
    }

    private static String key(String model, int version) {
        return model + "/" + version;
    }

    private static void await(Future<?> sent) {
        try {
            sent.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException(
                    "the broker did not answer within " + ANSWER_SECONDS + " s", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
