package dev.understudy.bench;

import dev.understudy.model.LoadedModel;
import dev.understudy.model.ModelCatalog;
import dev.understudy.model.ModelStore;
import dev.understudy.model.ServedModels;
import dev.understudy.sampling.Sampling;
import dev.understudy.sampling.SamplingMeters;
import dev.understudy.sampling.SamplingSettings;
import dev.understudy.sampling.generate.ServedSampler;
import dev.understudy.sampling.plan.CatalogVersions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Generation in this process, with what it measures of its stages. */
final class Service implements AutoCloseable {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ServedModels served;
    private final ServedModels.Lease lease;
    private final Sampling sampling;

    private Service(Flow flow, String model, SamplingSettings settings, ModelCatalog catalog, ModelStore store)
            throws InterruptedException {
        served = new ServedModels(catalog, store, 1);
        lease = served.lease(model, 1);
        SamplingMeters sampled = new SamplingMeters(meters, settings.batching().size());
        sampling = new Sampling(flow.clients(), flow.topics(), flow.provisioner(), settings, sampled);
        sampling.start(catalog, new CatalogVersions(catalog, served), new ServedSampler(served, sampled));
        await(sampling);
    }

    /** Of images that a network makes which was never trained. */
    static Service ofImages(Flow flow, Path directory, String model, String network, SamplingSettings settings)
            throws IOException, InterruptedException {
        ModelStore store = new ModelStore(Files.createDirectories(directory.resolve("store-" + model)));
        return new Service(flow, model, settings, Images.catalog(model, network, store), store);
    }

    static void await(Sampling sampling) throws InterruptedException {
        while (!sampling.running()) {
            Thread.sleep(20);
        }
    }

    LoadedModel model() {
        return lease.model();
    }

    /** Seconds spent so far in a stage: forward, decode, serialize, produce or commit. */
    double seconds(String stage) {
        return stage.equals("commit")
                ? meters.get("understudy.commit.seconds").functionCounter().count()
                : meters.get("understudy." + stage).timer().totalTime(TimeUnit.NANOSECONDS) / 1e9;
    }

    @Override
    public void close() {
        sampling.close();
        lease.close();
        served.close();
    }
}
