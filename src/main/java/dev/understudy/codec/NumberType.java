package dev.understudy.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;

/** Numbers, held as doubles: longs beyond 2^53 and decimals beyond 15 digits are rounded. */
abstract sealed class NumberType implements ValueType {
    /** Longest text of a number in digits, so that a small request cannot ask for a huge number. */
    private static final int LARGEST_SCALE = 1_000;

    static NumberType of(Schema type, Hint.Kind hint) {
        return switch (type.getType()) {
            case INT, LONG -> new Whole(type, TimeText.of(type).or(() -> hinted(hint)));
            case FLOAT, DOUBLE -> new Floating(type.getType() == Schema.Type.FLOAT);
            case BYTES, FIXED -> new Scaled(type);
            default -> throw new IllegalArgumentException("Not a number: " + type.getType());
        };
    }

    private static Optional<TimeText> hinted(Hint.Kind hint) {
        return hint == Hint.Kind.TIMESTAMP ? Optional.of(TimeText.TIMESTAMP_MILLIS) : Optional.empty();
    }

    /** The number of an Avro value that is not null. */
    abstract double read(Object avro);

    /** The Avro value nearest to a finite number. */
    abstract Object write(double number);

    abstract boolean integral();

    /** Whether equal numbers may differ in their last binary places, because they were floats. */
    boolean singlePrecision() {
        return false;
    }

    /** The time that it means, if it does. */
    Optional<TimeText> time() {
        return Optional.empty();
    }

    @Override
    public final Object key(Object avro) {
        return read(avro);
    }

    @Override
    public final Object avro(Object key) {
        return write((Double) key);
    }

    @Override
    public String print(Object key) {
        double number = (Double) key;
        return Double.isFinite(number)
                ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
                : Double.toString(number);
    }

    static BigDecimal exact(Object given) {
        if (given instanceof Boolean || given instanceof ByteBuffer) {
            throw new IllegalArgumentException("not a number");
        }
        BigDecimal number = new BigDecimal(given.toString().trim());
        if (Math.abs((long) number.scale()) > LARGEST_SCALE) {
            throw new IllegalArgumentException("exponent too large");
        }
        return number;
    }

    /** int and long, with or without a time as their meaning. */
    private static final class Whole extends NumberType {
        private final boolean small;
        private final Optional<TimeText> time;

        Whole(Schema type, Optional<TimeText> time) {
            this.small = type.getType() == Schema.Type.INT;
            this.time = time;
        }

        @Override
        double read(Object avro) {
            return ((Number) avro).longValue();
        }

        @Override
        Object write(double number) {
            long whole = Math.round(number);
            if (small) {
                return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, whole));
            }
            return whole;
        }

        @Override
        boolean integral() {
            return true;
        }

        @Override
        Optional<TimeText> time() {
            return time;
        }

        @Override
        public Object parse(Object given) {
            long whole = whole(given);
            if (small) {
                return Math.toIntExact(whole);
            }
            return whole;
        }

        private long whole(Object given) {
            try {
                return exact(given).longValueExact();
            } catch (NumberFormatException e) {
                return time.orElseThrow(() -> e).parse(given.toString());
            }
        }

        @Override
        public String print(Object key) {
            long whole = Math.round((Double) key);
            return time.map(text -> text.print(whole)).orElseGet(() -> Long.toString(whole));
        }

        @Override
        public String expected() {
            return time.map(TimeText::expected).orElse("a whole number");
        }
    }

    private static final class Floating extends NumberType {
        private final boolean single;

        Floating(boolean single) {
            this.single = single;
        }

        @Override
        double read(Object avro) {
            return ((Number) avro).doubleValue() + 0.0; // -0.0 becomes 0.0
        }

        @Override
        Object write(double number) {
            if (single) {
                return (float) number;
            }
            return number;
        }

        @Override
        boolean integral() {
            return false;
        }

        @Override
        boolean singlePrecision() {
            return single;
        }

        @Override
        public Object parse(Object given) {
            return write(exact(given).doubleValue());
        }

        @Override
        public String print(Object key) {
            return single ? Float.toString(((Double) key).floatValue()) : super.print(key);
        }

        @Override
        public String expected() {
            return "a number";
        }
    }

    /** The logical type decimal. */
    private static final class Scaled extends NumberType {
        private static final Conversions.DecimalConversion CONVERSION = new Conversions.DecimalConversion();

        private final Schema type;
        private final LogicalTypes.Decimal decimal;

        Scaled(Schema type) {
            this.type = type;
            this.decimal = (LogicalTypes.Decimal) type.getLogicalType();
        }

        @Override
        double read(Object avro) {
            if (avro instanceof BigDecimal number) {
                return number.doubleValue();
            }
            byte[] bytes = avro instanceof GenericFixed fixed ? fixed.bytes() : bytes((ByteBuffer) avro);
            return new BigDecimal(new BigInteger(bytes), decimal.getScale()).doubleValue();
        }

        private static byte[] bytes(ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }

        @Override
        Object write(double number) {
            return convert(BigDecimal.valueOf(number).setScale(decimal.getScale(), RoundingMode.HALF_EVEN));
        }

        private Object convert(BigDecimal number) {
            return type.getType() == Schema.Type.FIXED
                    ? CONVERSION.toFixed(number, type, decimal)
                    : CONVERSION.toBytes(number, type, decimal);
        }

        @Override
        boolean integral() {
            return false;
        }

        @Override
        public Object parse(Object given) {
            try {
                return convert(exact(given).setScale(decimal.getScale(), RoundingMode.UNNECESSARY));
            } catch (ArithmeticException | AvroTypeException e) {
                throw new IllegalArgumentException("too many digits", e);
            }
        }

        @Override
        public String expected() {
            return "a decimal of at most " + decimal.getPrecision() + " digits, " + decimal.getScale()
                    + " of them after the point";
        }
    }
}
