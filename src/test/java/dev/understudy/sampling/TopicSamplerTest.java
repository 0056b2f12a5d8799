package dev.understudy.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.kafka.WireRecords;
import dev.understudy.sampling.generate.Phases;
import dev.understudy.sampling.generate.Slice;
import dev.understudy.wire.NoiseBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicSamplerTest {
    private static final int MOST = 15 * 1024 * 1024;

    static {
        WireRecords.trust();
    }

    private final Slice one = new Slice(
            NoiseBatch.newBuilder()
                    .setRequest("r")
                    .setModel("small")
                    .setVersion(2)
                    .setCount(1)
                    .build(),
            0,
            1);

    @Test
    void aSampleThatItsTopicWouldNotTakeIsNotMade() {
        assertThat(sampler(MOST).sample(List.of(one))).singleElement().satisfies(value -> assertThat(value)
                .hasSize(MOST));
        assertThatThrownBy(() -> sampler(MOST + 1).sample(List.of(one)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("small.synthetic", "15728641", "15728640");
    }

    private static TopicSampler sampler(int bytes) {
        return new TopicSampler(new SmallModels(), model -> true, (topic, sample) -> new byte[bytes], Phases.untold());
    }
}
