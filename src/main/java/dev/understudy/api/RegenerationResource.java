package dev.understudy.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.understudy.api.format.RecordWriter;
import dev.understudy.kafka.Recipes;
import dev.understudy.kafka.Topics;
import dev.understudy.model.ModelUnavailableException;
import dev.understudy.sampling.generate.Regenerator;
import dev.understudy.wire.NoiseBatch;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;

/** Samples made again from the headers that they had, by the models that this process serves: no topic is involved. */
@Path("/samples/regenerate")
@Tag(name = "samples")
public class RegenerationResource {
    /** More than any sample's headers: what is given, in base64, and latents. */
    private static final int MOST_BYTES = 1 << 20;

    private final Regenerator regenerator;
    private final Serializer<GenericRecord> values;
    private final ObjectMapper mapper;

    RegenerationResource(Regenerator regenerator, Topics topics, ObjectMapper mapper) {
        this.regenerator = regenerator;
        this.values = topics.synthetic("any").values().serializer();
        this.mapper = mapper;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces({MediaType.APPLICATION_OCTET_STREAM, Formats.NDJSON, Formats.CSV, Formats.AVRO})
    @Blocking
    @Operation(
            summary = "Makes one sample again from its headers",
            description =
                    "The body is a JSON object of the sample's understudy-* headers; other headers are passed over."
                            + " The answer is the very value that subscribers of the topic saw: a zero byte, four bytes of schema id,"
                            + " Avro binary; or the record in a file format.")
    public Response regenerate(@RestHeader(HttpHeaders.ACCEPT) String accept, InputStream body) throws IOException {
        NoiseBatch recipe = recipe(body);
        GenericRecord sample = sample(recipe);
        if (accept == null || accept.contains("*/*") || accept.startsWith(MediaType.APPLICATION_OCTET_STREAM)) {
            String topic = Topics.syntheticName(recipe.getModel());
            return Response.ok(values.serialize(topic, sample), MediaType.APPLICATION_OCTET_STREAM)
                    .build();
        }
        Formats format = Formats.of(accept);
        return Response.ok(file(format, sample), format.type()).build();
    }

    private NoiseBatch recipe(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw Problems.of("too-large", "the body must be at most " + MOST_BYTES + " bytes");
        }
        try {
            return Recipes.read(headers(bytes));
        } catch (SerializationException e) {
            throw Problems.of("invalid-recipe", e.getMessage());
        }
    }

    /** A number may be written as one, and what is given as an object. */
    private Map<String, String> headers(byte[] body) {
        Map<String, String> headers = new HashMap<>();
        object(body)
                .properties()
                .forEach(field -> headers.put(
                        field.getKey(),
                        field.getValue().isValueNode()
                                ? field.getValue().asText()
                                : field.getValue().toString()));
        return headers;
    }

    private JsonNode object(byte[] body) {
        try {
            JsonNode tree = mapper.readTree(body);
            if (tree.isObject()) {
                return tree;
            }
        } catch (IOException e) {
            // Jackson's message quotes the source: said below in our own words.
        }
        throw Problems.of("invalid-body", "the body must be a JSON object of a sample's headers");
    }

    private GenericRecord sample(NoiseBatch recipe) {
        regenerator.objection(recipe, Instant.now()).ifPresent(fault -> {
            throw Problems.of(fault.code(), fault.message());
        });
        try {
            return regenerator.regenerate(recipe);
        } catch (ModelUnavailableException e) {
            throw Problems.of(e.code(), e.getMessage());
        }
    }

    private static byte[] file(Formats format, GenericRecord sample) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (RecordWriter writer = format.writer(bytes, sample.getSchema())) {
            writer.write(sample);
        }
        return bytes.toByteArray();
    }
}
