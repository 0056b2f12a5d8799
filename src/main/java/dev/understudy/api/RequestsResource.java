package dev.understudy.api;

import dev.understudy.wire.RequestOutcome;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Requests: how far they are, and how they ended. */
@Path("/requests")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "requests")
public class RequestsResource {
    private final OutcomeBoard outcomes;

    RequestsResource(OutcomeBoard outcomes) {
        this.outcomes = outcomes;
    }

    /** A request as a reader of HTTP sees it; the fields are those of {@code RequestOutcome}. */
    public record RequestView(
            String request,
            String status,
            String model,
            Integer version,
            Long seed,
            long requested,
            long delivered,
            String code,
            String message,
            Instant at) {
        static RequestView of(RequestOutcome outcome) {
            return new RequestView(
                    outcome.getRequest(),
                    ModelViews.lower(outcome.getStatus()),
                    outcome.getModel(),
                    outcome.getVersion(),
                    outcome.getSeed(),
                    outcome.getRequested(),
                    outcome.getDelivered(),
                    outcome.getCode(),
                    outcome.getMessage(),
                    outcome.getAt());
        }
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "The latest outcome of a request, among the most recent 100,000")
    public RequestView one(String id) {
        return outcomes.outcome(id)
                .map(RequestView::of)
                .orElseThrow(() -> Problems.of("unknown-request", "there is no recent request '" + id + "'"));
    }
}
