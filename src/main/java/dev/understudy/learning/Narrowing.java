package dev.understudy.learning;

import dev.understudy.codec.FieldProblem;
import dev.understudy.codec.UnsuitableValueException;
import dev.understudy.model.SchemaResolution;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Puts records read with a {@link WidenedSchema} back into the definition's. <em>Thread safety</em>: stateless. */
final class Narrowing {
    /** The doubles from here on are no longs. */
    private static final double TWO_TO_63 = 0x1p63;

    private Narrowing() {}

    /**
     * The record in the narrower schema.
     *
     * @throws UnsuitableValueException if a number does not fit, naming field, type and limits but not the number
     */
    static GenericRecord narrow(GenericRecord widened, Schema target) {
        return record("", widened, target);
    }

    private static GenericRecord record(String path, GenericRecord widened, Schema target) {
        GenericRecord narrow = new GenericData.Record(target);
        for (Schema.Field field : target.getFields()) {
            String name = path.isEmpty() ? field.name() : path + "." + field.name();
            narrow.put(field.pos(), value(name, widened.get(field.pos()), field.schema()));
        }
        return narrow;
    }

    private static Object value(String path, Object value, Schema field) {
        Schema target = SchemaResolution.present(field);
        if (value == null) {
            return null;
        }
        return switch (target.getType()) {
            case INT -> (int) whole(path, (Number) value, target, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case LONG -> whole(path, (Number) value, target, Long.MIN_VALUE, Long.MAX_VALUE);
            case FLOAT -> single(path, (Number) value);
            case RECORD -> record(path, (GenericRecord) value, target);
            case ARRAY -> array(path, (List<?>) value, target);
            case MAP -> map(path, (Map<?, ?>) value, target);
            default -> value;
        };
    }

    private static List<Object> array(String path, List<?> values, Schema target) {
        List<Object> narrow = new GenericData.Array<>(values.size(), target);
        values.forEach(value -> narrow.add(value(path, value, target.getElementType())));
        return narrow;
    }

    private static Map<Object, Object> map(String path, Map<?, ?> values, Schema target) {
        Map<Object, Object> narrow = new HashMap<>();
        values.forEach((key, value) -> narrow.put(key, value(path, value, target.getValueType())));
        return narrow;
    }

    private static long whole(String path, Number number, Schema target, long least, long most) {
        double real = number.doubleValue();
        boolean isWhole = number instanceof Integer
                || number instanceof Long
                || (Math.rint(real) == real && real >= -TWO_TO_63 && real < TWO_TO_63);
        if (!isWhole || number.longValue() < least || number.longValue() > most) {
            throw tooWide(
                    path, number, target.getType().getName() + " takes whole numbers from " + least + " to " + most);
        }
        return number.longValue();
    }

    private static float single(String path, Number number) {
        float single = number.floatValue();
        if (Float.isInfinite(single) && Double.isFinite(number.doubleValue())) {
            throw tooWide(path, number, "float takes numbers up to " + Float.MAX_VALUE + " on either side of zero");
        }
        return single;
    }

    private static UnsuitableValueException tooWide(String path, Number number, String limits) {
        return new UnsuitableValueException(new FieldProblem(
                path,
                "out-of-range",
                "Field '" + path + "' holds a "
                        + number.getClass().getSimpleName().toLowerCase(Locale.ROOT)
                        + " that does not fit: the definition's " + limits + "."));
    }
}
