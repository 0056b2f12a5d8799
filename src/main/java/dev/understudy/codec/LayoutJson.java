package dev.understudy.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/** The saved form of a layout: versioned JSON, every number in full precision. A golden test holds it still. */
final class LayoutJson {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private LayoutJson() {}

    static String write(RecordLayout layout) {
        try {
            ObjectNode root = JSON.createObjectNode().put("version", VERSION);
            root.set("schema", JSON.readTree(layout.schema().toString()));
            root.set("fields", fields(layout));
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A layout of " + layout.schema().getFullName() + " has no JSON", e);
        }
    }

    private static ArrayNode fields(RecordLayout layout) {
        ArrayNode fields = JSON.createArrayNode();
        layout.fields().forEach(field -> describe(field, fields.addObject()));
        return fields;
    }

    private static void describe(LearnedField field, ObjectNode json) {
        json.put("field", field.source().name());
        json.put("hint", field.source().hint().kind().name());
        ArrayNode shape = json.putArray("shape");
        field.source().hint().shape().forEach(shape::add);
        if (field.source().hint().frame() != 1) {
            json.put("frame", field.source().hint().frame());
        }
        field.describe(json);
    }

    static RecordLayout read(String json) {
        try {
            JsonNode root = JSON.readTree(json);
            int version = root.path("version").asInt();
            if (version < 1 || version > VERSION) {
                throw new IllegalArgumentException("A layout of version " + version + "; known are 1 to " + VERSION);
            }
            Schema schema = new Schema.Parser().parse(root.required("schema").toString());
            return new RecordLayout(schema, fields(schema, root.required("fields")));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A layout that is not JSON", e);
        }
    }

    /** See {@link RecordLayout#onto}: the fields read again as if they had been learned in the newer schema. */
    static RecordLayout onto(RecordLayout layout, Schema newer, Map<String, Hint> hints) {
        List<LearnedField> fields = new ArrayList<>(fields(newer, fields(layout)));
        GenericRecord defaults = new RecordTemplate(newer, Set.of()).create();
        new SchemaFields(newer, hints)
                .learned().stream()
                        .filter(source -> !SchemaPaths.has(layout.schema(), source.name()))
                        .flatMap(source -> constant(source, defaults))
                        .forEach(fields::add);
        return new RecordLayout(newer, fields);
    }

    /** A default image or the like is left to the template: it has no key. */
    private static Stream<LearnedField> constant(SchemaField source, GenericRecord defaults) {
        Object key = source.read(defaults);
        return key != null && source.values() == null ? Stream.empty() : Stream.of(new ConstantField(source, key));
    }

    private static List<LearnedField> fields(Schema schema, JsonNode nodes) {
        Map<String, Hint> hints = new HashMap<>();
        nodes.forEach(node -> hints.put(node.required("field").asText(), hint(node)));
        Map<String, SchemaField> sources = new SchemaFields(schema, hints)
                .learned().stream().collect(Collectors.toMap(SchemaField::name, Function.identity()));
        List<LearnedField> fields = new ArrayList<>();
        nodes.forEach(
                node -> fields.add(field(sources.get(node.required("field").asText()), node)));
        return fields;
    }

    private static Hint hint(JsonNode node) {
        List<Integer> shape = StreamSupport.stream(node.required("shape").spliterator(), false)
                .map(JsonNode::asInt)
                .toList();
        return new Hint(
                Hint.Kind.valueOf(node.required("hint").asText()),
                shape,
                node.path("frame").asInt(1));
    }

    /** A field, or a part of one. */
    static LearnedField field(SchemaField source, JsonNode node) {
        if (source == null) {
            throw new IllegalArgumentException(
                    "A layout of the field '" + node.required("field").asText() + "', which its schema lacks");
        }
        String kind = node.required("kind").asText();
        return switch (kind) {
            case CategoryField.KIND -> CategoryField.read(source, node);
            case NumberField.KIND -> NumberField.read(source, node);
            case TimestampField.KIND -> TimestampField.read(source, node);
            case FollowerField.KIND -> FollowerField.read(source, node);
            case TwinField.KIND -> TwinField.read(source, node);
            case ImageField.KIND -> ImageField.read(source, node);
            case VideoField.KIND -> VideoField.read(source, node);
            case TextField.KIND -> TextField.read(source, node);
            case SeriesField.KIND -> SeriesField.read(source, node);
            case ConstantField.KIND -> ConstantField.read(source, node);
            default -> throw new IllegalArgumentException("A field of unknown kind '" + kind + "'");
        };
    }

    /** A key (see {@link ValueType}) or null. */
    static Object key(JsonNode node) {
        if (node.isNull()) {
            return null;
        }
        return node.isTextual()
                ? node.asText()
                : node.isBoolean() ? (Object) node.asBoolean() : (Object) node.asDouble();
    }

    static void addKey(ArrayNode array, Object key) {
        array.add(JSON.<JsonNode>valueToTree(key));
    }

    static void putKey(ObjectNode node, String name, Object key) {
        node.set(name, JSON.valueToTree(key));
    }

    static void addAll(ArrayNode array, double[] numbers) {
        for (double number : numbers) {
            array.add(number);
        }
    }

    static void addAll(ArrayNode array, float[] numbers) {
        for (float number : numbers) {
            array.add(number);
        }
    }

    static double[] doubles(JsonNode array) {
        return stream(array).mapToDouble(JsonNode::asDouble).toArray();
    }

    static long[] longs(JsonNode array) {
        return stream(array).mapToLong(JsonNode::asLong).toArray();
    }

    static float[] floats(JsonNode array) {
        float[] numbers = new float[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.get(i).floatValue();
        }
        return numbers;
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
