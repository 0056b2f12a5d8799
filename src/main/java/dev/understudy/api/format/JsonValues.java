package dev.understudy.api.format;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.understudy.codec.TimeText;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;

/**
 * Avro values as plain JSON: unions unwrapped, bytes as base64, times as ISO 8601 strings, decimals as numbers. Numbers are
 * taken for times too, in the type's own unit.
 */
final class JsonValues {
    private static final Conversions.DecimalConversion DECIMAL = new Conversions.DecimalConversion();

    private JsonValues() {}

    /** Reads an object as a record; a field that it lacks takes its default, else null if it may. */
    static GenericRecord record(Schema schema, JsonNode node, String path) throws UnfitValueException {
        if (!node.isObject()) {
            throw new UnfitValueException(path, "must be a JSON object");
        }
        GenericData.Record record = new GenericData.Record(schema);
        int known = 0;
        for (Schema.Field field : schema.getFields()) {
            String column = Schemas.column(field);
            JsonNode value = node.get(column);
            known += value == null ? 0 : 1;
            record.put(
                    field.pos(), value == null ? absent(field, path) : read(field.schema(), value, path(path, column)));
        }
        if (known < node.size()) {
            throw new UnfitValueException(path, "has " + (node.size() - known) + " field(s) that the schema lacks");
        }
        return record;
    }

    private static String path(String parent, String column) {
        return parent.isEmpty() ? column : parent + "." + column;
    }

    /** What a field holds that a file says nothing of. */
    static Object absent(Schema.Field field, String path) throws UnfitValueException {
        if (field.hasDefaultValue()) {
            return GenericData.get().getDefaultValue(field);
        }
        if (field.schema().isNullable()) {
            return null;
        }
        throw new UnfitValueException(
                path(path, Schemas.column(field)), "is missing but neither optional nor with a default");
    }

    static Object read(Schema type, JsonNode node, String path) throws UnfitValueException {
        if (type.isUnion()) {
            return branch(type, node, path);
        }
        try {
            return value(type, node, path);
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw unfit(type, path);
        }
    }

    private static Object branch(Schema union, JsonNode node, String path) throws UnfitValueException {
        if (node.isNull() && union.isNullable()) {
            return null;
        }
        UnfitValueException last = new UnfitValueException(path, "must not be null");
        for (Schema branch : union.getTypes()) {
            if (branch.getType() != Schema.Type.NULL) {
                try {
                    return read(branch, node, path);
                } catch (UnfitValueException e) {
                    last = e;
                }
            }
        }
        throw last;
    }

    private static Object value(Schema type, JsonNode node, String path) throws UnfitValueException {
        return switch (type.getType()) {
            case NULL -> check(node.isNull(), type, path, null);
            case BOOLEAN -> check(node.isBoolean(), type, path, node.asBoolean());
            case INT -> Math.toIntExact(whole(type, node, path));
            case LONG -> whole(type, node, path);
            case FLOAT -> (float) floating(type, node, path);
            case DOUBLE -> floating(type, node, path);
            case STRING -> check(node.isTextual(), type, path, node.asText());
            case ENUM -> symbol(type, node, path);
            case BYTES, FIXED -> bytes(type, node, path);
            case ARRAY -> array(type, node, path);
            case MAP -> map(type, node, path);
            case RECORD -> record(type, node, path);
            default -> throw unfit(type, path);
        };
    }

    private static Object check(boolean fits, Schema type, String path, Object value) throws UnfitValueException {
        if (!fits) {
            throw unfit(type, path);
        }
        return value;
    }

    private static UnfitValueException unfit(Schema type, String path) {
        return new UnfitValueException(path, "must be " + Expected.of(type));
    }

    private static long whole(Schema type, JsonNode node, String path) throws UnfitValueException {
        Optional<TimeText> time = TimeText.of(type);
        if (time.isPresent() && node.isTextual()) {
            return time.get().parse(node.asText());
        }
        if (!node.isNumber()) {
            throw unfit(type, path);
        }
        return node.isIntegralNumber()
                ? node.bigIntegerValue().longValueExact()
                : node.decimalValue().longValueExact();
    }

    private static double floating(Schema type, JsonNode node, String path) throws UnfitValueException {
        boolean named = node.isTextual() && node.asText().matches("NaN|-?Infinity");
        check(node.isNumber() || named, type, path, null);
        return named ? Double.parseDouble(node.asText()) : node.doubleValue();
    }

    private static Object symbol(Schema type, JsonNode node, String path) throws UnfitValueException {
        check(node.isTextual() && type.hasEnumSymbol(node.asText()), type, path, null);
        return new GenericData.EnumSymbol(type, node.asText());
    }

    private static Object bytes(Schema type, JsonNode node, String path) throws UnfitValueException {
        if (type.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            check(node.isNumber(), type, path, null);
            return decimal(type, node.decimalValue(), decimal);
        }
        check(node.isTextual(), type, path, null);
        return binary(type, node.asText());
    }

    /**
     * A decimal as Avro has it.
     *
     * @throws ArithmeticException if it has more places than the type
     */
    static Object decimal(Schema type, BigDecimal number, LogicalTypes.Decimal decimal) {
        BigDecimal scaled = number.setScale(decimal.getScale(), RoundingMode.UNNECESSARY);
        if (scaled.precision() > decimal.getPrecision()) {
            throw new ArithmeticException("more digits than the type");
        }
        return type.getType() == Schema.Type.FIXED
                ? DECIMAL.toFixed(scaled, type, decimal)
                : DECIMAL.toBytes(scaled, type, decimal);
    }

    static BigDecimal decimal(Schema type, Object value, LogicalTypes.Decimal decimal) {
        return value instanceof GenericFixed fixed
                ? DECIMAL.fromFixed(fixed, type, decimal)
                : DECIMAL.fromBytes(((ByteBuffer) value).duplicate(), type, decimal);
    }

    /** Bytes from base64. */
    static Object binary(Schema type, String text) {
        byte[] bytes = java.util.Base64.getDecoder().decode(text);
        if (type.getType() != Schema.Type.FIXED) {
            return ByteBuffer.wrap(bytes);
        }
        if (bytes.length != type.getFixedSize()) {
            throw new IllegalArgumentException("not of the fixed size");
        }
        return new GenericData.Fixed(type, bytes);
    }

    /** The bytes of bytes or fixed. */
    static byte[] binary(Object value) {
        if (value instanceof GenericFixed fixed) {
            return fixed.bytes();
        }
        ByteBuffer buffer = ((ByteBuffer) value).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static Object array(Schema type, JsonNode node, String path) throws UnfitValueException {
        check(node.isArray(), type, path, null);
        GenericData.Array<Object> array = new GenericData.Array<>(node.size(), type);
        for (JsonNode item : node) {
            array.add(read(type.getElementType(), item, path));
        }
        return array;
    }

    private static Object map(Schema type, JsonNode node, String path) throws UnfitValueException {
        check(node.isObject(), type, path, null);
        Map<String, Object> map = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            map.put(entry.getKey(), read(type.getValueType(), entry.getValue(), path));
        }
        return map;
    }

    static void write(Schema type, Object value, JsonGenerator json) throws IOException {
        if (value == null) {
            json.writeNull();
            return;
        }
        switch (type.getType()) {
            case UNION -> write(type.getTypes().get(GenericData.get().resolveUnion(type, value)), value, json);
            case BOOLEAN -> json.writeBoolean((Boolean) value);
            case INT, LONG -> writeWhole(type, ((Number) value).longValue(), json);
            case FLOAT -> json.writeNumber((Float) value);
            case DOUBLE -> json.writeNumber((Double) value);
            case BYTES, FIXED -> writeBytes(type, value, json);
            case ARRAY -> writeArray(type.getElementType(), (Collection<?>) value, json);
            case MAP -> writeMap(type.getValueType(), (Map<?, ?>) value, json);
            case RECORD -> writeRecord((IndexedRecord) value, json);
            default -> json.writeString(value.toString());
        }
    }

    private static void writeWhole(Schema type, long value, JsonGenerator json) throws IOException {
        Optional<TimeText> time = TimeText.of(type);
        if (time.isPresent()) {
            json.writeString(time.get().print(value));
        } else {
            json.writeNumber(value);
        }
    }

    private static void writeBytes(Schema type, Object value, JsonGenerator json) throws IOException {
        if (type.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            json.writeNumber(decimal(type, value, decimal));
        } else {
            json.writeBinary(binary(value));
        }
    }

    private static void writeArray(Schema items, Collection<?> values, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (Object value : values) {
            write(items, value, json);
        }
        json.writeEndArray();
    }

    private static void writeMap(Schema type, Map<?, ?> values, JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            json.writeFieldName(entry.getKey().toString());
            write(type, entry.getValue(), json);
        }
        json.writeEndObject();
    }

    private static void writeRecord(IndexedRecord record, JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (Schema.Field field : record.getSchema().getFields()) {
            json.writeFieldName(Schemas.column(field));
            write(field.schema(), record.get(field.pos()), json);
        }
        json.writeEndObject();
    }
}
