package dev.understudy.sampling;

import dev.understudy.sampling.plan.Accepted;
import dev.understudy.sampling.plan.Accounts;
import dev.understudy.sampling.plan.Agenda;
import dev.understudy.sampling.plan.Ledger;
import dev.understudy.sampling.plan.Plan;
import dev.understudy.sampling.plan.Refusal;
import dev.understudy.sampling.plan.Releases;
import dev.understudy.sampling.plan.Seeds;
import dev.understudy.wire.GenerationRequest;
import dev.understudy.wire.NoiseBatch;
import dev.understudy.wire.RequestOutcome;
import dev.understudy.wire.RequestStatus;
import dev.understudy.wire.internal.BatchResult;
import dev.understudy.wire.internal.OpenRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Wires the planner and the ledger to a partition of requests and of results: requests under way are kept in a changelogged
 * store, in the transaction that releases their batches and tells of their outcome.
 */
final class PlanProcessor implements Processor<String, Object, String, Object> {
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final int LOOKS_AT_ONCE = 500;
    private static final String MOVED = "understudy-moved";

    private final SamplingStages stages;
    private final Ledger ledger;
    private Agenda agenda;
    private Releases releases;
    private Cancellable looks;
    private ProcessorContext<String, Object> context;
    private KeyValueStore<String, OpenRequest> requests;
    private Turns turns;

    PlanProcessor(SamplingStages stages) {
        this.stages = stages;
        this.ledger = stages.ledger();
    }

    /** Also called again on the same object, when a transaction failed and the stores are as they were before it. */
    @Override
    public void init(ProcessorContext<String, Object> initialised) {
        context = initialised;
        agenda = new Agenda();
        releases = new Releases(ledger, stages.settings().limits());
        turns = stages.turns().get();
        requests = context.getStateStore(SamplingTopology.OPEN_REQUESTS);
        try (KeyValueIterator<String, OpenRequest> all = requests.all()) {
            all.forEachRemaining((KeyValue<String, OpenRequest> entry) -> restore(entry.value));
        }
        looks = context.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, now -> look(Instant.ofEpochMilli(now)));
    }

    private void restore(OpenRequest request) {
        agenda.opened(request);
        releases.restore(request);
    }

    @Override
    public void process(Record<String, Object> record) {
        turns.record();
        if (record.key() != null) {
            Telling.requireName(record.key());
        }
        if (record.value() instanceof BatchResult result) {
            settle(result);
        } else if (record.value() instanceof GenerationRequest request) {
            arrive(record, named(record.key(), request));
        } else if (record.key() != null) {
            cancel(record);
        }
    }

    /** A request that leaves out its id is named by its record's key. */
    private static GenerationRequest named(String key, GenerationRequest request) {
        if (!request.getId().isEmpty()) {
            Telling.requireName(request.getId());
            return request;
        }
        if (key == null) {
            throw new IllegalArgumentException("the request has neither an id nor a key");
        }
        return GenerationRequest.newBuilder(request).setId(key).build();
    }

    private void arrive(Record<String, Object> record, GenerationRequest request) {
        if (record.key() != null && !record.key().equals(request.getId())) {
            refuse(record.key(), request, new Refusal("invalid-id", "id must equal the record's key"));
        } else if (elsewhere(record, request.getId())) {
            moveOn(record, request.getId(), request);
        } else {
            known(request.getId()).ifPresentOrElse(this::tell, () -> plan(request));
        }
    }

    /** Not every client's partitioner is Kafka's own, but results come back by that one. */
    private boolean elsewhere(Record<String, Object> record, String id) {
        byte[] key = Serdes.String().serializer().serialize(null, id);
        int home = Utils.toPositive(Utils.murmur2(key)) % stages.partitions();
        return home != metadata().partition() && record.headers().lastHeader(MOVED) == null;
    }

    private void moveOn(Record<String, Object> record, String id, GenerationRequest value) {
        Record<String, Object> moved = new Record<>(id, value, record.timestamp(), record.headers());
        moved.headers().add(MOVED, new byte[0]);
        context.forward(moved, SamplingTopology.TO_REQUESTS);
    }

    private void plan(GenerationRequest request) {
        RecordMetadata from = metadata();
        long drawn = Seeds.drawn(request.getId(), from.topic() + "-" + from.partition(), from.offset());
        Plan plan = stages.planner().plan(request, drawn, agenda.load(), now());
        if (plan instanceof Refusal refusal) {
            refuse(request.getId(), request, refusal);
        } else if (plan instanceof Accepted accepted) {
            agenda.opened(accepted.request());
            tell(accepted.request());
            goOn(accepted.request());
        }
    }

    private void settle(BatchResult result) {
        known(result.getRequest()).ifPresent(request -> settle(request, result));
    }

    private void settle(OpenRequest request, BatchResult result) {
        int fresh = ledger.fresh(request, result);
        if (fresh > 0) {
            agenda.moved(request);
            OpenRequest settled = ledger.settle(request, result);
            releases.settled(settled, fresh);
            goOn(settled);
        }
    }

    private void cancel(Record<String, Object> record) {
        if (elsewhere(record, record.key())) {
            moveOn(record, record.key(), null);
        } else {
            known(record.key()).ifPresent(this::cancel);
        }
    }

    /** What is released already is called off wherever it waits, behind it on every partition of the noise. */
    private void cancel(OpenRequest request) {
        if (ledger.inFlight(request)) {
            context.forward(
                    new Record<>(request.getId(), null, context.currentSystemTimeMs()), SamplingTopology.TO_NOISE);
        }
        goOn(ledger.cancel(request));
    }

    private void end(String id, UnaryOperator<OpenRequest> ending) {
        known(id).ifPresent(request -> goOn(ending.apply(request)));
    }

    /** Releases what there now is room for, of this request and others, and closes the account if that was all. */
    private void goOn(OpenRequest request) {
        Changes changes = new Changes();
        changes.put(request);
        releases.note(request);
        releases.release(request.getTenant(), changes).forEach(this::send);
        changes.changed.values().forEach(this::keep);
    }

    private void keep(OpenRequest request) {
        if (ledger.over(request)) {
            agenda.closed(request);
            requests.delete(request.getId());
            tell(request);
        } else {
            requests.put(request.getId(), request);
        }
    }

    /** The store, and what is about to change in it: however much is released at once, each request is written once. */
    private final class Changes implements Accounts {
        private final Map<String, OpenRequest> changed = new LinkedHashMap<>();

        @Override
        public OpenRequest get(String id) {
            OpenRequest request = changed.get(id);
            return request == null ? requests.get(id) : request;
        }

        @Override
        public void put(OpenRequest request) {
            changed.put(request.getId(), request);
        }
    }

    /** Ends requests whose time is up and tells of the progress of others, so many at a time. */
    private void look(Instant now) {
        agenda.takeExpired(now, LOOKS_AT_ONCE).forEach(id -> end(id, ledger::expire));
        agenda.takeMoved(LOOKS_AT_ONCE).forEach(id -> known(id).ifPresent(this::tell));
        stages.meters().requestsWaiting(this, this::waiting);
    }

    private int waiting(SamplingMeters.Reason reason) {
        return switch (reason) {
            case QUOTA -> releases.waitingForQuota();
            case WINDOW -> releases.waitingForWindow();
        };
    }

    @Override
    public void close() {
        looks.cancel();
        stages.meters().forget(this);
    }

    private void send(NoiseBatch batch) {
        String key = batch.getRequest() + "/" + batch.getBatch();
        boolean small = batch.getBatch() == 0
                && batch.getCount() < stages.settings().limits().batchSize();
        context.forward(
                new Record<>(key, batch, context.currentSystemTimeMs()),
                small ? SamplingTopology.TO_GENERATE : SamplingTopology.TO_NOISE);
    }

    private void tell(OpenRequest request) {
        tell(ledger.outcome(request, now()));
    }

    private void refuse(String id, GenerationRequest request, Refusal refusal) {
        tell(RequestOutcome.newBuilder()
                .setRequest(id)
                .setStatus(RequestStatus.REFUSED)
                .setModel(Telling.model(request.getModel()))
                .setRequested(request.getCount())
                .setDelivered(0)
                .setCode(refusal.code())
                .setMessage(refusal.message())
                .setAt(now())
                .build());
    }

    private void tell(RequestOutcome outcome) {
        context.forward(
                new Record<>(outcome.getRequest(), outcome, outcome.getAt().toEpochMilli()),
                SamplingTopology.TO_PLAN_OUTCOMES);
    }

    private Optional<OpenRequest> known(String id) {
        return Optional.ofNullable(requests.get(id));
    }

    private RecordMetadata metadata() {
        return context.recordMetadata().orElseThrow();
    }

    private Instant now() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }
}
