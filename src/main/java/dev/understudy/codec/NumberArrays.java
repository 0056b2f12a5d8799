package dev.understudy.codec;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/** Images as (nested) arrays of numbers, flat or by rows or by rows and pixels. */
final class NumberArrays {
    private static final int DEEPEST = 3;

    private NumberArrays() {}

    /** Whether a schema is an array of numbers, nested at most three deep. */
    static boolean numeric(Schema type) {
        Schema element = element(type);
        return depth(type) <= DEEPEST
                && switch (element.getType()) {
                    case INT, LONG, FLOAT, DOUBLE -> true;
                    default -> false;
                };
    }

    static Schema element(Schema type) {
        return type.getType() == Schema.Type.ARRAY ? element(type.getElementType()) : type;
    }

    private static int depth(Schema type) {
        return type.getType() == Schema.Type.ARRAY ? 1 + depth(type.getElementType()) : 0;
    }

    /** Length of the list at each level of nesting. */
    static int[] lengths(Schema type, Span.Image shape) {
        return switch (depth(type)) {
            case 1 -> new int[] {shape.width()};
            case 2 -> new int[] {shape.height(), shape.columns() * shape.channels()};
            default -> new int[] {shape.height(), shape.columns(), shape.channels()};
        };
    }

    /** Copies numbers into {@code into} from {@code at} on; returns where it ended, or -1 if a length is wrong. */
    static int flatten(Object list, int[] lengths, int level, double[] into, int at) {
        List<?> items = (List<?>) list;
        if (items.size() != lengths[level]) {
            return -1;
        }
        int next = at;
        for (Object item : items) {
            if (level + 1 < lengths.length) {
                next = flatten(item, lengths, level + 1, into, next);
            } else {
                into[next++] = ((Number) item).doubleValue();
            }
            if (next < 0) {
                return -1;
            }
        }
        return next;
    }

    /** The reverse of {@link #flatten}. */
    static GenericData.Array<Object> nest(Schema type, int[] lengths, int level, double[] from, int at) {
        GenericData.Array<Object> list = new GenericData.Array<>(lengths[level], type);
        int stride = 1;
        for (int i = level + 1; i < lengths.length; i++) {
            stride *= lengths[i];
        }
        for (int i = 0; i < lengths[level]; i++) {
            int start = at + i * stride;
            list.add(
                    level + 1 < lengths.length
                            ? nest(type.getElementType(), lengths, level + 1, from, start)
                            : number(type.getElementType(), from[start]));
        }
        return list;
    }

    private static Object number(Schema type, double number) {
        return NumberType.of(type, Hint.Kind.AUTO).write(number);
    }
}
