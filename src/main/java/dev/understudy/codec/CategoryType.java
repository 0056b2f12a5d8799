package dev.understudy.codec;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericEnumSymbol;

/** Strings, enums and booleans. */
final class CategoryType implements ValueType {
    private final Schema type;
    private final Map<Object, Object> symbols = new HashMap<>();

    CategoryType(Schema type) {
        this.type = type;
        if (type.getType() == Schema.Type.ENUM) {
            type.getEnumSymbols().forEach(symbol -> symbols.put(symbol, new GenericData.EnumSymbol(type, symbol)));
        }
    }

    @Override
    public Object key(Object avro) {
        return switch (type.getType()) {
            case BOOLEAN -> (Boolean) avro;
            case ENUM -> symbol(avro);
            default -> ((CharSequence) avro).toString();
        };
    }

    /** Generic data holds {@link GenericEnumSymbol}, generated classes a Java enum, careless producers a string. */
    private static String symbol(Object avro) {
        if (avro instanceof GenericEnumSymbol<?> || avro instanceof Enum<?> || avro instanceof CharSequence) {
            return avro.toString();
        }
        throw new ClassCastException("not an enum symbol");
    }

    @Override
    public Object avro(Object key) {
        return symbols.isEmpty() ? key : symbols.get(key);
    }

    @Override
    public Object parse(Object given) {
        if (given instanceof ByteBuffer) {
            throw new IllegalArgumentException("bytes");
        }
        String text = given.toString();
        return switch (type.getType()) {
            case BOOLEAN -> parseBoolean(text);
            case ENUM -> parseSymbol(text);
            default -> text;
        };
    }

    private static Boolean parseBoolean(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("not a boolean");
        };
    }

    private Object parseSymbol(String text) {
        Object symbol = symbols.get(text);
        if (symbol == null) {
            throw new IllegalArgumentException("not a symbol");
        }
        return symbol;
    }

    @Override
    public String print(Object key) {
        return key.toString();
    }

    @Override
    public String expected() {
        return switch (type.getType()) {
            case BOOLEAN -> "true or false";
            case ENUM -> "one of " + Wording.list(type.getEnumSymbols());
            default -> "a string";
        };
    }
}
