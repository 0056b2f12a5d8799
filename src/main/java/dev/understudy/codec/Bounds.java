package dev.understudy.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The range of the numbers that were learned, both ends included. */
record Bounds(double least, double most) {
    static final Bounds NONE = new Bounds(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

    static Bounds read(JsonNode json) {
        return new Bounds(
                json.required("least").asDouble(), json.required("most").asDouble());
    }

    void describe(ObjectNode json) {
        json.put("least", least).put("most", most);
    }

    /** The range that holds a further number too. */
    Bounds with(double number) {
        return number >= least && number <= most ? this : new Bounds(Math.min(least, number), Math.max(most, number));
    }

    /** The range that holds another one too. */
    Bounds with(Bounds other) {
        return new Bounds(Math.min(least, other.least), Math.max(most, other.most));
    }

    double width() {
        return most - least;
    }

    /** The number of the range that is nearest to one. */
    double clip(double number) {
        return Math.max(least, Math.min(most, number));
    }

    /**
     * Checks a number that a requester gives.
     *
     * @throws UnsuitableValueException if it is out of range
     */
    void admit(SchemaField source, Object key) {
        double number = (Double) key;
        if (!(number >= least && number <= most)) {
            ValueType values = source.values();
            throw source.unsuitable(
                    "out-of-range",
                    "must lie in the range that was learned, from " + values.print(least) + " to " + values.print(most)
                            + "; it is " + Wording.quote(values.print(key)) + ".");
        }
    }
}
