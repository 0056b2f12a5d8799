package dev.understudy.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.sampling.plan.Limits;
import dev.understudy.wire.NoiseBatch;
import dev.understudy.wire.RequestOutcome;
import dev.understudy.wire.RequestStatus;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** What a processor finds when it starts: again, the very same, after a transaction that failed; or after an end without exactly once. */
class RevivalTest extends OnTheTopology {

    @Test
    void openRequestsAreCountedAnew() {
        MockProcessorContext<String, Object> context = context();
        store(context, SamplingTopology.OPEN_REQUESTS, Serdes.String(), topics.openRequests());
        PlanProcessor processor = new PlanProcessor(stages(1, new Limits(1000, 2, BATCH, WINDOW, QUOTA)));

        processor.init(context);
        processor.process(new Record<>("a", request("a", r -> r.setCount(1000)), 0));
        processor.close();
        processor.init(context);
        processor.process(new Record<>("b", request("b", r -> {}), 0));
        processor.process(new Record<>("c", request("c", r -> {}), 0));

        List<RequestOutcome> told = context.forwarded().stream()
                .map(forwarded -> forwarded.record().value())
                .filter(RequestOutcome.class::isInstance)
                .map(RequestOutcome.class::cast)
                .toList();
        assertThat(told)
                .extracting(RequestOutcome::getStatus)
                .containsExactly(RequestStatus.ACCEPTED, RequestStatus.ACCEPTED, RequestStatus.REFUSED);
        assertThat(context.scheduledPunctuators())
                .filteredOn(scheduled -> !scheduled.cancelled())
                .hasSize(1);
    }

    @Test
    void progressOfABatchThatIsGoneIsForgotten() {
        MockProcessorContext<String, Object> context = context();
        KeyValueStore<Long, NoiseBatch> fragments = store(
                context,
                SamplingTopology.FRAGMENTS,
                Serdes.Long(),
                topics.noise().values());
        KeyValueStore<Long, Integer> done =
                store(context, SamplingTopology.FRAGMENTS_DONE, Serdes.Long(), Serdes.Integer());
        fragments.put(1L, noise(n -> n.setCount(20).setVersion(2)));
        done.put(1L, 4);
        done.put(2L, 16);

        new GenerateProcessor(stages(1, new Limits(1000, 2, BATCH, WINDOW, QUOTA))).init(context);

        assertThat(done.get(1L)).isEqualTo(4);
        assertThat(done.get(2L)).isNull();
    }

    private MockProcessorContext<String, Object> context() {
        MockProcessorContext<String, Object> context = new MockProcessorContext<>(
                new Properties(), new TaskId(0, 0), directory.resolve("mock").toFile());
        context.setRecordMetadata("requests", 0, 0);
        context.setCurrentSystemTimeMs(START.toEpochMilli());
        return context;
    }

    private static <K, V> KeyValueStore<K, V> store(
            MockProcessorContext<String, Object> context, String name, Serde<K> keys, Serde<V> values) {
        KeyValueStore<K, V> store = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, values)
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        return store;
    }
}
