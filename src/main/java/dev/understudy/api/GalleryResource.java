package dev.understudy.api;

import dev.understudy.api.gallery.Gallery;
import dev.understudy.kafka.KafkaClients;
import dev.understudy.kafka.Topic;
import dev.understudy.kafka.Topics;
import dev.understudy.model.ServedModels;
import dev.understudy.wire.GenerationRequest;
import dev.understudy.wire.ModelDefinition;
import dev.understudy.wire.Priority;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.apache.avro.generic.GenericRecord;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Pictures of models: the newest real records beside samples of the live version. */
@Path("/models/{name}/gallery.png")
@Tag(name = "models")
public class GalleryResource {
    private static final int RECORDS = 500;
    private static final long SEED = 1;
    private static final int CACHED = 16;

    private final DefinitionPublisher definitions;
    private final ServedModels served;
    private final SampleRequests requests;
    private final KafkaClients clients;
    private final Topics topics;
    private final Map<String, byte[]> pictures = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, byte[]> eldest) {
            return size() > CACHED;
        }
    };

    GalleryResource(
            DefinitionPublisher definitions,
            ServedModels served,
            SampleRequests requests,
            KafkaClients clients,
            Topics topics) {
        this.definitions = definitions;
        this.served = served;
        this.requests = requests;
        this.clients = clients;
        this.topics = topics;
    }

    @GET
    @Produces("image/png")
    @Blocking
    @Operation(summary = "Real records beside synthetic ones, as a picture")
    public byte[] picture(String name) {
        ModelDefinition definition = definitions.existing(name);
        OptionalInt live = served.live(name);
        if (live.isEmpty()) {
            throw Problems.of("no-live-model", "no version of model '" + name + "' is live yet");
        }
        // One at a time: each picture is a request and a scan of its own, and all viewers of a version share one.
        synchronized (pictures) {
            return pictures.computeIfAbsent(name + "/" + live.getAsInt(), key -> draw(definition, live.getAsInt()));
        }
    }

    private byte[] draw(ModelDefinition definition, int version) {
        Topic<byte[], GenericRecord> real = topics.real(definition.getTopic());
        List<GenericRecord> reals = RecentRecords.read(clients.reader(), real, RECORDS);
        List<GenericRecord> synthetics = synthetic(definition, version);
        try (ServedModels.Lease lease = served.lease(definition.getName(), version)) {
            return new Gallery(lease.model().codec().layout()).png(reals, synthetics);
        }
    }

    private List<GenericRecord> synthetic(ModelDefinition definition, int version) {
        GenerationRequest request = GenerationRequest.newBuilder()
                .setId("gallery-" + UUID.randomUUID())
                .setModel(definition.getName())
                .setVersion(version)
                .setCount(RECORDS)
                .setSeed(SEED)
                .setPriority(Priority.BULK)
                .build();
        List<GenericRecord> samples = new ArrayList<>();
        try (SampleRequests.Accepted accepted = requests.open(request)) {
            accepted.forEach(samples::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return samples;
    }
}
