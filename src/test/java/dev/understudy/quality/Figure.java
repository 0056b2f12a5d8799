package dev.understudy.quality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/**
 * A figure, and what it is held against.
 *
 * @param figure its name
 * @param at where it stands in the scores, a JSON pointer
 * @param atLeast what to reach, if more is better; else null
 * @param atMost what to reach, if less is better; null, too, if nothing is asked
 * @param floor what real records score against other real ones: no generator can be told to be better; null if unknown
 * @param ceiling what noise scores, or records without any dependence between their fields; null if unknown
 * @param peer what others scored on the same data, by their names; null if unknown
 */
record Figure(
        String figure,
        String at,
        Double atLeast,
        Double atMost,
        Double floor,
        Double ceiling,
        Map<String, Double> peer) {

    /** Its value, if the scores have one. */
    Optional<Double> value(JsonNode scores) {
        return Optional.of(scores.at(at)).filter(JsonNode::isNumber).map(JsonNode::doubleValue);
    }

    /**
     * What is reported of it.
     *
     * @param conditions under which it was measured
     */
    ObjectNode line(double value, ObjectNode conditions) {
        ObjectNode line = conditions.objectNode();
        line.set("data", conditions.get("data"));
        line.put("figure", figure).put("value", value);
        if (atLeast != null) {
            line.put("atLeast", atLeast).put("reached", reached(value));
        } else if (atMost != null) {
            line.put("atMost", atMost).put("reached", reached(value));
        }
        line.put("floor", floor).put("ceiling", ceiling).putPOJO("peer", peer);
        return line.setAll(conditions);
    }

    /** Whether a value is good enough: not if it is no number. */
    boolean reached(double value) {
        return (atLeast == null || value >= atLeast) && (atMost == null || value <= atMost);
    }
}
