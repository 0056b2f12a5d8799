package dev.understudy.quality;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * What is measured on a data set, as {@code studies.json} has it. Ceilings are those of noise (Adult, Fashion-MNIST, stock;
 * its {@code disc_gru32}: windows shuffled in time), of independent columns (taxis), of uniform letters (names), of shuffled
 * bases (DNA) and of the mean image (completion).
 *
 * @param budget CPU seconds of training
 * @param definition body of {@code PUT /models/{name}}; without a schema, the one that the service infers is taken
 * @param figures what to report
 */
record Study(double budget, ObjectNode definition, List<Figure> figures) {

    /** All studies by the name of their data set, in order. */
    static Map<String, Study> all() throws IOException {
        try (InputStream file = Study.class.getResourceAsStream("studies.json")) {
            return new ObjectMapper().readValue(file, new TypeReference<>() {});
        }
    }
}
