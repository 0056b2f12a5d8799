package dev.understudy.bench;

import dev.understudy.kafka.WireRecords;
import dev.understudy.sampling.SamplingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Time from asking for one sample to seeing it, ten times a second: idle, beside an echo, and while a million are made. */
class LatencyBench {
    private static final int REQUESTS = 300;

    @TempDir
    static Path directory;

    private static BrokerProcess broker;

    @BeforeAll
    static void start() throws IOException {
        WireRecords.trust();
        Logger.getLogger("").setLevel(Level.INFO);
        broker = BrokerProcess.start(directory.resolve("kafka"));
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    @Test
    void oneSample() throws Exception {
        SamplingSettings settings = settings("latency", Presets.DEFAULTS);
        Latencies echo = echo(settings);
        try (Flow flow = new Flow(broker.bootstrap(), directory, "latency", 2);
                Service service = Service.ofImages(flow, directory, "latency", "base", settings)) {
            double forward = 1_000 / Images.forwardRate(service.model(), 1, 2);
            measure(flow, "warm", 100);
            Latencies idle = measure(flow, "idle", REQUESTS);
            for (double share : List.of(0.5, 0.99)) {
                BenchLines.append(BenchLines.line(
                        "p" + Math.round(100 * share) + " of one sample at 10 requests/s, beside an echo and a pass",
                        idle.quantile(share),
                        echo.quantile(share) + forward,
                        "ms"));
            }
            flow.request("million", 1_000_000);
            Thread.sleep(3_000);
            Latencies busy = measure(flow, "busy", REQUESTS);
            var line = BenchLines.line(
                    "p99 of one sample at 10 requests/s while a request of 1,000,000 runs",
                    busy.quantile(.99),
                    idle.quantile(.99),
                    "ms");
            BenchLines.append(line.put("p50", busy.quantile(.5)).put("p50Idle", idle.quantile(.5)));
        }
    }

    @Test
    void presets() throws Exception {
        for (String preset : List.of(Presets.LOW_LATENCY, Presets.DEFAULTS, Presets.THROUGHPUT)) {
            try (Flow flow = new Flow(broker.bootstrap(), directory, preset, 2);
                    Service service = Service.ofImages(flow, directory, preset, "base", settings(preset, preset))) {
                measure(flow, "warm", 50);
                Latencies idle = measure(flow, "idle", REQUESTS / 2);
                flow.secondsOf("warm-up", 50_000, 10_000);
                BenchLines.append(Rounds.line(
                                "samples/s under a preset",
                                "samples/s",
                                () -> 50_000 / flow.secondsOf("many", 50_000, 10_000),
                                () -> Images.forwardRate(service.model(), 256, 2))
                        .put("preset", preset)
                        .put("p50Millis", idle.quantile(.5))
                        .put("p99Millis", idle.quantile(.99)));
            }
        }
    }

    private static Latencies echo(SamplingSettings settings) throws InterruptedException {
        try (Echo echo = new Echo(broker.bootstrap(), directory.resolve("state-echo"), settings.commitInterval(), 2)) {
            Latencies.measure("warm", 100, echo::ask, echo.subscriber());
            return Latencies.measure("echo", REQUESTS, echo::ask, echo.subscriber());
        }
    }

    private static Latencies measure(Flow flow, String name, int requests) throws InterruptedException {
        return Latencies.measure(name, requests, id -> flow.request(id, 1), flow.subscriber());
    }

    private static SamplingSettings settings(String name, String preset) {
        return Presets.settings(preset, name + ".sampling", directory.resolve("state-" + name), 1);
    }
}
