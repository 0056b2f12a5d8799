package dev.understudy.bench;

import dev.understudy.kafka.KafkaClients;
import dev.understudy.kafka.TopicProvisioner;
import dev.understudy.kafka.WireRecords;
import dev.understudy.model.ModelCatalog;
import dev.understudy.model.ModelStore;
import dev.understudy.model.ServedModels;
import dev.understudy.sampling.Sampling;
import dev.understudy.sampling.SamplingMeters;
import dev.understudy.sampling.generate.ServedSampler;
import dev.understudy.sampling.plan.CatalogVersions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One of the processes of a deployment. Told {@code swap N} it makes version N live; told {@code resident} it says how many
 * kilobytes of it are in memory.
 */
final class ServiceProcess {
    private ServiceProcess() {}

    static Child start(
            List<String> flags, String bootstrap, Path directory, String model, String network, String instance)
            throws IOException {
        Child child = Child.start(
                ServiceProcess.class,
                directory.resolve(instance + ".log"),
                flags,
                bootstrap,
                directory.toString(),
                model,
                network,
                instance);
        child.await("running");
        return child;
    }

    public static void main(String[] arguments) throws Exception {
        WireRecords.trust();
        Path directory = Path.of(arguments[1]);
        String model = arguments[2];
        String network = arguments[3];
        String instance = arguments[4];
        KafkaClients clients = new KafkaClients(arguments[0], instance, Map.of());
        ModelStore store = new ModelStore(Files.createDirectories(directory.resolve("store-" + instance)));
        ModelCatalog catalog = Images.catalog(model, network, store);
        var settings =
                Presets.settings(Presets.DEFAULTS, model + ".sampling", directory.resolve("state-" + instance), 1);
        SamplingMeters meters = new SamplingMeters(
                new SimpleMeterRegistry(), settings.batching().size());
        try (ServedModels served = new ServedModels(catalog, store, 1);
                TopicProvisioner provisioner = new TopicProvisioner(clients.admin(), Optional.empty());
                Sampling sampling =
                        new Sampling(clients, Flow.topics(directory, model), provisioner, settings, meters)) {
            sampling.start(catalog, new CatalogVersions(catalog, served), new ServedSampler(served, meters));
            Service.await(sampling);
            System.out.println("running " + instance);
            answer(model, network, store, catalog);
        }
    }

    private static void answer(String model, String network, ModelStore store, ModelCatalog catalog)
            throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("swap ")) {
                int version = Integer.parseInt(line.substring("swap ".length()));
                Images.announce(catalog, model, network, store, version);
                catalog.forget(model, version - 2);
                System.out.println("swapped " + version);
            } else {
                System.out.println("resident " + residentKilobytes());
            }
        }
    }

    private static String residentKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("\\D", ""))
                .findFirst()
                .orElseThrow();
    }
}
