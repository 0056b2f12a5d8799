package dev.understudy.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final long FIRST = 2L * Watch.WINDOW;

    @Test
    void aFieldThatNeverSettlesIsLeftAloneForLongerAndLonger() {
        Progress progress = new Progress();
        int refreshes = 0;
        for (long offset = 0; offset < 1_000_000; offset++) {
            if (offset % Watch.WINDOW == 0 && !progress.rests("at")) {
                progress.refreshed(List.of("at"));
                refreshes++;
            }
            progress.took(0, offset);
        }
        assertThat(refreshes).isEqualTo(8);
        assertThat(progress.rests("price")).isFalse();
    }

    @Test
    void aFieldThatKeptStillStartsOver() {
        Progress progress = new Progress();
        long offset = 0;
        for (int i = 0; i < 4; i++) {
            progress.refreshed(List.of("price"));
            offset = take(progress, offset, 3 * FIRST);
            assertThat(progress.rests("price")).isFalse();
        }
        progress.refreshed(List.of("price"));
        take(progress, offset, FIRST);
        assertThat(progress.rests("price")).isFalse();
    }

    @Test
    void itIsLeftAloneAfterARestartToo() {
        Progress progress = new Progress();
        progress.refreshed(List.of("price"));
        take(progress, 0, FIRST - 1);
        Progress restarted = Progress.fromJson(progress.toJson());
        assertThat(restarted.rests("price")).isTrue();
        restarted.took(0, FIRST);
        assertThat(restarted.rests("price")).isFalse();
    }

    @Test
    void readsWhatWasSavedBeforeFieldsRested() {
        String saved =
                "{\"offsets\":{\"0\":7},\"seen\":7,\"rejected\":0,\"rounds\":1,\"restarts\":0,\"cpuSeconds\":0.5}";
        assertThat(Progress.fromJson(saved).rests("price")).isFalse();
    }

    private static long take(Progress progress, long offset, long records) {
        for (long next = offset; next < offset + records; next++) {
            progress.took(0, next);
        }
        return offset + records;
    }
}
