package dev.understudy.api.format;

import dev.understudy.codec.TimeText;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** What a value must be, in words. */
final class Expected {
    private static final int LISTED = 10;

    private Expected() {}

    /** As in "must be ...". */
    static String of(Schema type) {
        if (type.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            return "a decimal of at most " + decimal.getPrecision() + " digits, " + decimal.getScale()
                    + " of them after the point";
        }
        return TimeText.of(type).map(TimeText::expected).orElseGet(() -> plain(type));
    }

    private static String plain(Schema type) {
        return switch (type.getType()) {
            case NULL -> "null";
            case BOOLEAN -> "true or false";
            case INT -> "a whole number of 32 bits";
            case LONG -> "a whole number of 64 bits";
            case FLOAT, DOUBLE -> "a number";
            case ENUM -> "one of " + symbols(type);
            case BYTES -> "bytes in base64";
            case FIXED -> type.getFixedSize() + " bytes in base64";
            case ARRAY -> "a JSON array";
            case MAP, RECORD -> "a JSON object";
            default -> "a string";
        };
    }

    private static String symbols(Schema type) {
        var symbols = type.getEnumSymbols();
        String listed = String.join(", ", symbols.stream().limit(LISTED).toList());
        return symbols.size() <= LISTED ? listed : listed + " and " + (symbols.size() - LISTED) + " more";
    }
}
