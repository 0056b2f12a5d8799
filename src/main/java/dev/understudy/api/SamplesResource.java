package dev.understudy.api;

import dev.understudy.api.SampleRequests.Accepted;
import dev.understudy.api.format.RecordWriter;
import dev.understudy.model.ModelCatalog;
import dev.understudy.wire.GenerationRequest;
import dev.understudy.wire.Priority;
import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.generic.GenericRecord;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestHeader;

/** Samples: a request on the request topic, answered with what arrives on the sample topic, in order. */
@Path("/models/{name}/samples")
@Tag(name = "samples")
public class SamplesResource {
    private static final Logger LOG = Logger.getLogger(SamplesResource.class);
    private static final String GIVEN = "given.";

    private final ModelCatalog catalog;
    private final DefinitionPublisher definitions;
    private final SampleRequests requests;

    SamplesResource(ModelCatalog catalog, DefinitionPublisher definitions, SampleRequests requests) {
        this.catalog = catalog;
        this.definitions = definitions;
        this.requests = requests;
    }

    @POST
    @Produces({Formats.NDJSON, Formats.CSV, Formats.AVRO})
    @Blocking
    @Operation(summary = "Generates records; given.<field>=<value> fixes a field")
    @Parameter(name = "count", description = "Samples wanted; 1 if left out, or as many as a walk has steps")
    @Parameter(name = "seed", description = "The same seed gives the same samples")
    @Parameter(name = "version", description = "Version to sample; the live one if left out")
    @Parameter(name = "truncation", description = "Largest magnitude of a latent, 0.1 to 10")
    @Parameter(name = "from", description = "In the place of a seed: a walk from the first sample of this seed ...")
    @Parameter(name = "to", description = "... to that of this one ...")
    @Parameter(name = "steps", description = "... in so many samples, both ends among them, from 2")
    public Response sample(
            String name,
            @RestHeader(HttpHeaders.ACCEPT) String accept,
            @Context UriInfo uri,
            @Context HttpServerResponse response) {
        definitions.existing(name);
        Formats format = format(accept);
        Accepted accepted = requests.open(request(name, uri.getQueryParameters()));
        Schema schema = schema(name, accepted.outcome().getVersion());
        StreamingOutput body = out -> {
            try (accepted) {
                write(accepted, format.writer(new ClientStream(out, response), schema));
            } catch (IOException | UncheckedIOException e) {
                if (!response.closed()) {
                    throw e;
                }
                LOG.infof(
                        "Client gone, request cancelled: request=%s",
                        accepted.outcome().getRequest());
            }
        };
        return Response.ok(body, format.type())
                .header("Understudy-Request", accepted.outcome().getRequest())
                .header("Understudy-Model", name)
                .header("Understudy-Version", accepted.outcome().getVersion())
                .header("Understudy-Seed", accepted.outcome().getSeed())
                .build();
    }

    private Schema schema(String model, int version) {
        return catalog.announcement(model, version)
                .map(announcement ->
                        new SchemaParser().parse(announcement.getRecordSchema()).mainSchema())
                .orElseThrow(() -> Problems.of("unknown-version", "version " + version + " is not known here yet"));
    }

    private static Formats format(String accept) {
        return accept == null || accept.contains("*/*") ? Formats.NDJSON_FORMAT : Formats.of(accept);
    }

    /** A stream that fails is left open: were it ended, half an answer would look like a whole one. */
    private static void write(Accepted accepted, RecordWriter writer) throws IOException {
        accepted.forEach(new SampleRequests.Sink() {
            @Override
            public void take(GenericRecord sample) throws IOException {
                writer.write(sample);
            }

            @Override
            public void pause() throws IOException {
                writer.flush();
            }
        });
        writer.close();
    }

    private static GenerationRequest request(String name, MultivaluedMap<String, String> query) {
        GenerationRequest.Builder request = GenerationRequest.newBuilder()
                .setId(UUID.randomUUID().toString())
                .setModel(name)
                .setPriority(Priority.INTERACTIVE);
        Map<String, Object> given = new HashMap<>();
        query.forEach((parameter, values) -> set(request, given, parameter, values));
        if (!request.hasCount()) {
            request.setCount(request.getSteps() == null ? 1 : request.getSteps());
        }
        return request.setGiven(given).build();
    }

    private static void set(
            GenerationRequest.Builder request, Map<String, Object> given, String parameter, List<String> values) {
        String value = values.get(0);
        switch (parameter) {
            case "count" -> request.setCount(number(parameter, value, Long::valueOf));
            case "seed" -> request.setSeed(number(parameter, value, Long::valueOf));
            case "version" -> request.setVersion(number(parameter, value, Integer::valueOf));
            case "truncation" -> request.setTruncation(number(parameter, value, Double::valueOf));
            case "from" -> request.setFrom(number(parameter, value, Long::valueOf));
            case "to" -> request.setTo(number(parameter, value, Long::valueOf));
            case "steps" -> request.setSteps(number(parameter, value, Long::valueOf));
            default -> given.put(field(parameter), value);
        }
    }

    private static String field(String parameter) {
        if (!parameter.startsWith(GIVEN)) {
            throw Problems.of(
                    "unknown-parameter",
                    "parameter '" + parameter
                            + "' is none of count, seed, version, truncation, from, to, steps and given.<field>");
        }
        return parameter.substring(GIVEN.length());
    }

    private static <T> T number(String parameter, String value, Function<String, T> parse) {
        try {
            return parse.apply(value);
        } catch (NumberFormatException e) {
            throw Problems.of("invalid-" + parameter, parameter + " must be a number in range, got '" + value + "'");
        }
    }
}
