package dev.understudy.codec;

import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * Numbers of a fixed shape in (nested) arrays, flat or nested as deep as the shape has sides: the first sides each have a level
 * of their own, the last level holds all that remain. Immutable.
 */
final class NumberArrays {
    private final SchemaField source;
    private final int[] lengths;
    private final int width;

    /**
     * @param source a field of {@link #numeric} arrays, its shape in the hint
     */
    NumberArrays(SchemaField source) {
        int[] sides = source.hint().shape().stream().mapToInt(Integer::intValue).toArray();
        this.source = source;
        this.lengths = Arrays.copyOf(sides, depth(source.type()));
        for (int i = lengths.length; i < sides.length; i++) {
            lengths[lengths.length - 1] *= sides[i];
        }
        this.width = Arrays.stream(sides).reduce(1, (a, b) -> a * b);
    }

    /** Whether a schema is an array of numbers, nested at most so deep. */
    static boolean numeric(Schema type, int deepest) {
        return depth(type) <= deepest
                && switch (element(type).getType()) {
                    case INT, LONG, FLOAT, DOUBLE -> true;
                    default -> false;
                };
    }

    private static Schema element(Schema type) {
        return type.getType() == Schema.Type.ARRAY ? element(type.getElementType()) : type;
    }

    private static int depth(Schema type) {
        return type.getType() == Schema.Type.ARRAY ? 1 + depth(type.getElementType()) : 0;
    }

    /**
     * The numbers of a record's array, all finite, the last side fastest.
     *
     * @throws UnsuitableValueException if there are more or fewer of them, or something else among them
     */
    double[] numbers(Object avro) {
        double[] numbers = new double[width];
        try {
            if (flatten(avro, 0, numbers, 0) < 0) {
                throw source.wrongSize("an array of another length");
            }
        } catch (ClassCastException | NullPointerException e) {
            throw source.wrongType();
        }
        if (!Arrays.stream(numbers).allMatch(Double::isFinite)) {
            throw source.unsuitable("not-finite", "holds a number that is not finite.");
        }
        return numbers;
    }

    /** Copies numbers into {@code into} from {@code at} on; returns where it ended, or -1 if a length is wrong. */
    private int flatten(Object list, int level, double[] into, int at) {
        List<?> items = (List<?>) list;
        if (items.size() != lengths[level]) {
            return -1;
        }
        int next = at;
        for (Object item : items) {
            if (level + 1 < lengths.length) {
                next = flatten(item, level + 1, into, next);
            } else {
                into[next++] = ((Number) item).doubleValue();
            }
            if (next < 0) {
                return -1;
            }
        }
        return next;
    }

    /** The reverse of {@link #numbers}; the caller owns it. */
    GenericData.Array<Object> avro(double[] numbers) {
        return nest(source.type(), 0, numbers, 0, width);
    }

    private GenericData.Array<Object> nest(Schema type, int level, double[] from, int at, int count) {
        GenericData.Array<Object> list = new GenericData.Array<>(lengths[level], type);
        int stride = count / lengths[level];
        NumberType leaf = level + 1 < lengths.length ? null : NumberType.of(type.getElementType(), Hint.Kind.AUTO);
        for (int start = at; start < at + count; start += stride) {
            list.add(
                    leaf == null
                            ? nest(type.getElementType(), level + 1, from, start, stride)
                            : leaf.write(from[start]));
        }
        return list;
    }
}
