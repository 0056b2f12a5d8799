package dev.understudy.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTest {

    @ParameterizedTest
    @CsvSource({"auto, 0, cpu", "auto, 2, gpu:0", "cpu, 2, cpu", "gpu:0, 1, gpu:0", "gpu:1, 2, gpu:1"})
    void isTheOneOfThatName(String name, int gpus, String expected) {
        assertThat(Device.of(name, gpus)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GPU:0", "cuda", "gpu", "gpu:", "gpu:-1", "gpu:one", "gpu:99999", "cpu:0"})
    void refusesWhatIsNoName(String name) {
        assertThatThrownBy(() -> Device.of(name, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("understudy.device is '" + name
                        + "', expected auto, cpu or gpu:N; the tensor engine finds the CPU and gpu:0 to gpu:1");
    }

    @Test
    void refusesAGpuBeyondTheLast() {
        assertThatThrownBy(() -> Device.of("gpu:2", 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("understudy.device is 'gpu:2', which is not there;"
                        + " the tensor engine finds the CPU and gpu:0 to gpu:1");
    }

    @Test
    void asksTheEngineWhatThereIs() {
        assumeTrue(Torch.gpus() == 0, "this machine has a GPU");
        assertThat(Device.of("auto")).isSameAs(Device.CPU);
        assertThatThrownBy(() -> Device.of("gpu:0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("understudy.device is 'gpu:0', which is not there;"
                        + " the tensor engine finds no GPU here, only the CPU");
    }

    @Test
    void halfPrecisionIsWhatTheDeviceComputesFast() {
        assertThat(Device.CPU.half()).isEqualTo(Precision.BFLOAT16);
        assertThat(Device.of("auto", 1).half()).isEqualTo(Precision.FLOAT16);
    }
}
