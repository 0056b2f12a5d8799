package dev.understudy.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StudyTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void realRecordsReachEveryTarget() throws IOException {
        assertThat(Study.all()).isNotEmpty().allSatisfy((data, study) -> {
            assertThat(study.budget()).isBetween(60.0, 240.0);
            assertThat(study.figures())
                    .filteredOn(figure -> figure.floor() != null)
                    // Real tables hold a few rows twice; a generator is asked for none.
                    .filteredOn(figure -> !figure.figure().equals("copies"))
                    .allSatisfy(figure -> assertThat(figure.reached(figure.floor()))
                            .as(figure.figure())
                            .isTrue());
        });
    }

    @Test
    void aLineTellsTheValueAndWhatItIsHeldAgainst() throws IOException {
        Figure figure = new Figure("shapes", "/a/shapes", 0.9, null, 0.99, 0.5, Map.of("CTGAN", 0.8));
        ObjectNode conditions = JSON.createObjectNode().put("data", "adult").put("steps", 7);

        double value = figure.value(JSON.readTree("{\"a\":{\"shapes\":0.91}}")).orElseThrow();

        assertThat(figure.line(value, conditions))
                .hasToString(
                        "{\"data\":\"adult\",\"figure\":\"shapes\",\"value\":0.91,\"atLeast\":0.9,\"reached\":true,"
                                + "\"floor\":0.99,\"ceiling\":0.5,\"peer\":{\"CTGAN\":0.8},\"steps\":7}");
    }

    @Test
    void whatIsNoNumberReachesNothing() throws IOException {
        Figure figure = new Figure("F1", "/f1", null, 0.5, null, null, null);

        assertThat(figure.reached(Double.NaN)).isFalse();
        assertThat(figure.value(JSON.readTree("{\"f1\":null}"))).isEmpty();
        assertThat(figure.value(JSON.readTree("{}"))).isEmpty();
    }
}
