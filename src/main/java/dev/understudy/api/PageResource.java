package dev.understudy.api;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The page at {@code /}: every model, its state, and a picture of real beside synthetic records. */
@Path("/")
public class PageResource {
    private final ModelViews views;

    PageResource(ModelViews views) {
        this.views = views;
    }

    @CheckedTemplate
    static final class Templates {
        private Templates() {}

        static native TemplateInstance models(List<ModelView> models);
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    @Blocking
    @Operation(hidden = true)
    public TemplateInstance page() {
        return Templates.models(views.all());
    }
}
