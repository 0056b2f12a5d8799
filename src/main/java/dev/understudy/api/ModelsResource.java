package dev.understudy.api;

import dev.understudy.model.DefinitionChange;
import dev.understudy.model.Definitions;
import dev.understudy.model.ModelCatalog;
import dev.understudy.model.SchemaChange;
import dev.understudy.wire.ModelDefinition;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Models: what is learned, and how far. */
@Path("/models")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "models")
@Blocking
public class ModelsResource {
    private final ModelCatalog catalog;
    private final ModelViews views;
    private final DefinitionPublisher definitions;

    ModelsResource(ModelCatalog catalog, ModelViews views, DefinitionPublisher definitions) {
        this.catalog = catalog;
        this.views = views;
        this.definitions = definitions;
    }

    @GET
    @Operation(summary = "All models, by name")
    public List<ModelView> all() {
        return views.all();
    }

    @GET
    @Path("/{name}")
    @Operation(summary = "One model: its learner's state, its live version, scores")
    public ModelView one(String name) {
        return views.view(definitions.existing(name));
    }

    @PUT
    @Path("/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Defines a model, or changes how it is learned",
            description =
                    "A schema that has grown (a new field with a default, a wider number) goes on learning. One that"
                            + " what was learned does not fit is refused with the differences, unless restart=true lets learning start"
                            + " over.")
    public ModelView define(
            String name, @QueryParam("restart") @DefaultValue("false") boolean restart, DefinitionBody body) {
        if (body == null) {
            throw Problems.of("invalid-body", "the body must be a JSON object with a schema");
        }
        ModelDefinition definition = body.definition(DefinitionPublisher.checkedName(name), catalog.definition(name));
        if (!restart) {
            catalog.definition(name)
                    .filter(before -> Definitions.problems(before).isEmpty())
                    .ifPresent(before -> refuseIncompatible(before, definition));
        }
        definitions.publish(definition);
        return views.view(definition);
    }

    private static void refuseIncompatible(ModelDefinition before, ModelDefinition after) {
        if (DefinitionChange.between(before, after) instanceof DefinitionChange.Incompatible incompatible) {
            SchemaChange.Difference first = incompatible.differences().get(0);
            throw Problems.with(
                            "incompatible-definition",
                            "What was learned does not fit the new schema, " + first.sentence()
                                    + ". Or let learning start over with ?restart=true.")
                    .with("differences", incompatible.differences())
                    .build();
        }
    }
}
