package dev.understudy.api;

import dev.understudy.api.ModelView.Taken;
import dev.understudy.api.format.IdxRecords;
import dev.understudy.api.format.RecordReader;
import dev.understudy.api.format.UnreadableFileException;
import dev.understudy.model.Definitions;
import dev.understudy.model.ModelCatalog;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Optional;
import org.apache.avro.Schema;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** Real records, uploaded: they go to the model's real topic, where the learner finds them. */
@Path("/models/{name}/records")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "models")
@Blocking
public class RecordsResource {
    private final ModelCatalog catalog;
    private final RecordIntake intake;

    RecordsResource(ModelCatalog catalog, RecordIntake intake) {
        this.catalog = catalog;
        this.intake = intake;
    }

    @POST
    @Consumes({Formats.CSV, Formats.NDJSON, Formats.AVRO})
    @Operation(summary = "Publishes the rows of a CSV, NDJSON or Avro container file; defines the model if it is new")
    public Taken upload(String name, @RestHeader(HttpHeaders.CONTENT_TYPE) String type, InputStream body) {
        DefinitionPublisher.checkedName(name);
        Optional<Schema> known = knownSchema(name);
        return take(
                name,
                known,
                () -> known.isPresent()
                        ? Formats.of(type).reader(body, known.get())
                        : Formats.of(type).reader(body, name));
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(summary = "Publishes images in IDX format, with or without labels; defines the model if it is new")
    public Taken uploadImages(String name, @RestForm FileUpload images, @RestForm FileUpload labels) {
        DefinitionPublisher.checkedName(name);
        if (images == null) {
            throw Problems.of("missing-part", "the form must have a file 'images', and may have a file 'labels'");
        }
        return take(name, knownSchema(name), () -> {
            InputStream pictures = Files.newInputStream(images.uploadedFile());
            return labels == null
                    ? IdxRecords.reader(pictures, name)
                    : IdxRecords.reader(pictures, Files.newInputStream(labels.uploadedFile()), name);
        });
    }

    private interface Opening {
        RecordReader open() throws IOException;
    }

    private Taken take(String name, Optional<Schema> known, Opening opening) {
        try (RecordReader reader = opening.open()) {
            known.filter(schema -> !schema.equals(reader.schema())).ifPresent(schema -> {
                throw Problems.of(
                        "schema-mismatch", "the file's records do not have the schema that model '" + name + "' has");
            });
            return intake.take(name, reader);
        } catch (UnreadableFileException e) {
            throw Problems.of(e.code(), e.getMessage());
        } catch (IOException e) {
            throw Problems.of("unreadable-body", "the body could not be read to its end: " + e.getMessage());
        }
    }

    private Optional<Schema> knownSchema(String name) {
        return catalog.definition(name).map(Definitions::schema);
    }
}
