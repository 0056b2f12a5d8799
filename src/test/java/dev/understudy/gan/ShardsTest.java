package dev.understudy.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShardsTest {

    private final ExecutorService helpers = Executors.newFixedThreadPool(2);

    @AfterEach
    void ends() {
        helpers.shutdown();
    }

    @Test
    void allPartsRunAtOnceAndKeepTheirOrder() {
        // Given parts that wait for each other
        var together = new CountDownLatch(3);
        assertThat(new Shards(3, helpers).<Integer>each(part -> {
                    together.countDown();
                    await(together);
                    return part;
                }))
                .containsExactly(0, 1, 2);
    }

    @Test
    void aFailureIsThrownWhenAllPartsHaveEnded() {
        var failed = new CountDownLatch(1);
        var ended = new AtomicBoolean();
        assertThatThrownBy(() -> new Shards(2, helpers).each(part -> {
                    if (part == 0) {
                        failed.countDown();
                        throw new IllegalStateException("part 0");
                    }
                    await(failed);
                    ended.set(true);
                    return part;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("part 0");
        assertThat(ended).isTrue();
    }

    @Test
    void rowsAreCutWithoutGaps() {
        var shards = new Shards(3, helpers);
        assertThat(shards.from(0, 32)).isZero();
        assertThat(shards.from(1, 32)).isEqualTo(10);
        assertThat(shards.from(2, 32)).isEqualTo(21);
        assertThat(shards.from(3, 32)).isEqualTo(32);
    }

    @Test
    void refusesNone() {
        assertThatThrownBy(() -> new Shards(0, helpers))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shards is 0");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
