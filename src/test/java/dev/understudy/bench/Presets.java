package dev.understudy.bench;

import dev.understudy.config.UnderstudyConfig;
import dev.understudy.sampling.Guarantee;
import dev.understudy.sampling.SamplingSettings;
import dev.understudy.sampling.generate.Batching;
import dev.understudy.sampling.plan.Limits;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Settings of the sampling role as the application has them, under a preset. */
final class Presets {
    static final String DEFAULTS = "prod";
    static final String LOW_LATENCY = "low-latency";
    static final String THROUGHPUT = "throughput";

    private static final String PREFIX = "understudy.sampling.";

    private final SmallRyeConfig config;

    private Presets(SmallRyeConfig config) {
        this.config = config;
    }

    /**
     * @param directory for the state of this process
     * @param modelThreads forward passes at a time
     */
    static SamplingSettings settings(String preset, String application, Path directory, int modelThreads) {
        Presets presets = new Presets(config(preset));
        return new SamplingSettings(
                application,
                directory,
                presets.number("threads"),
                modelThreads,
                presets.duration("commit-interval"),
                Guarantee.EXACTLY_ONCE,
                Batching.of(presets.number("batch-size"), presets.duration("batch-age")),
                new Limits(
                        presets.number("max-count"),
                        presets.number("max-open-requests"),
                        presets.number("batch-size"),
                        presets.number("window"),
                        presets.number("tenant-quota")));
    }

    private int number(String name) {
        return config.getValue(PREFIX + name, Integer.class);
    }

    private Duration duration(String name) {
        return DurationConverter.parseDuration(config.getValue(PREFIX + name, String.class));
    }

    private static SmallRyeConfig config(String preset) {
        try {
            return new SmallRyeConfigBuilder()
                    .withProfile(preset)
                    .addDefaultInterceptors()
                    .withSources(
                            new PropertiesConfigSource(Presets.class.getResource("/application.properties"), 100),
                            new PropertiesConfigSource(defaults(), "defaults", 0))
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> defaults() {
        Map<String, String> defaults = new HashMap<>();
        for (Method method : UnderstudyConfig.Sampling.class.getMethods()) {
            String name = method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
            defaults.put(PREFIX + name, method.getAnnotation(WithDefault.class).value());
        }
        return defaults;
    }
}
