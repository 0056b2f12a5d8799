package dev.understudy.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.understudy.kafka.WireRecords;
import dev.understudy.model.ModelCatalog;
import dev.understudy.model.SchemaChange;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelsResourceTest {
    static {
        WireRecords.trust();
    }

    private final ModelCatalog catalog = new ModelCatalog();

    /** What is refused reaches neither views nor publisher, so there are none. */
    private final ModelsResource models = new ModelsResource(catalog, null, null);

    private static DefinitionBody body(String price) throws JsonProcessingException {
        String schema = "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"price\",\"type\":" + price + "}]}";
        return new DefinitionBody(
                new ObjectMapper().readTree(schema), null, null, null, null, null, null, null, null, null, null);
    }

    @Test
    void refusesWhatWasLearnedDoesNotFitWithTheDifferences() throws Exception {
        catalog.define(body("\"double\"").definition("orders", Optional.empty()));
        DefinitionBody other = body("\"string\"");
        HttpProblem problem = catchThrowableOfType(HttpProblem.class, () -> models.define("orders", false, other));
        assertThat(problem.getStatusCode()).isEqualTo(409);
        assertThat(problem.getDetail()).contains("field 'price' was double and is string", "?restart=true");
        assertThat(problem.getParameters())
                .containsEntry("code", "incompatible-definition")
                .containsEntry(
                        "differences",
                        List.of(new SchemaChange.Difference(
                                "price", "double", "string", "keep double or a wider number of the same meaning")));
    }
}
