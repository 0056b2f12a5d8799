package dev.understudy.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.sampling.plan.Limits;
import dev.understudy.wire.RequestOutcome;
import dev.understudy.wire.RequestStatus;
import dev.understudy.wire.internal.OpenRequest;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** After a transaction that failed, Kafka Streams closes a task and starts the very same processor again. */
class RevivalTest extends OnTheTopology {

    @Test
    void openRequestsAreCountedAnew() {
        MockProcessorContext<String, Object> context = new MockProcessorContext<>(
                new Properties(), new TaskId(0, 0), directory.resolve("mock").toFile());
        KeyValueStore<String, OpenRequest> open = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(SamplingTopology.OPEN_REQUESTS),
                        Serdes.String(),
                        topics.openRequests())
                .withLoggingDisabled()
                .build();
        open.init(context.getStateStoreContext(), open);
        context.addStateStore(open);
        context.setRecordMetadata("requests", 0, 0);
        context.setCurrentSystemTimeMs(START.toEpochMilli());
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
}
