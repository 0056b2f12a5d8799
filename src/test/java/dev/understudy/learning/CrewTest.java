package dev.understudy.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CrewTest {

    @Test
    void countsTheTimeOfItsHelpers() throws InterruptedException {
        // Given a clock that goes on by 5 each time that a helper looks
        var helper = new AtomicReference<Thread>();
        var time = new AtomicLong();
        try (var crew = new Crew("m", 2, () -> time.addAndGet(5))) {
            var done = new CountDownLatch(1);
            // When
            crew.shards().helpers().execute(() -> {
                helper.set(Thread.currentThread());
                done.countDown();
            });
            done.await();
            crew.close();
            helper.get().join();
            // Then
            assertThat(crew.takeNanos()).isEqualTo(5);
            assertThat(crew.takeNanos()).isZero();
            assertThat(helper.get().getName()).isEqualTo("learning-helper-m-1");
        }
    }

    @Test
    void aCrewOfOneTakesStepsWhole() {
        try (var crew = new Crew("m", 1, () -> 0)) {
            assertThat(crew.shards().count()).isEqualTo(1);
        }
    }
}
