package dev.understudy.api.gallery;

import dev.understudy.codec.Hint;
import dev.understudy.codec.LayoutLearner;
import dev.understudy.codec.RecordLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Records of one field of each kind; the same for the same seed. */
enum Kind {
    IMAGE("\"bytes\",\"shape\":[12,10,3]") {
        @Override
        Object value(SplittableRandom random) {
            byte[] bytes = new byte[12 * 10 * 3];
            random.nextBytes(bytes);
            return ByteBuffer.wrap(bytes);
        }
    },
    FLOAT_IMAGE("{\"type\":\"array\",\"items\":\"float\"},\"shape\":[100,80,1]") {
        @Override
        Object value(SplittableRandom random) {
            return numbers(random, 100 * 80);
        }
    },
    VIDEO("\"bytes\",\"shape\":[4,16,16,1]") {
        @Override
        Object value(SplittableRandom random) {
            byte[] bytes = new byte[4 * 16 * 16];
            random.nextBytes(bytes);
            return ByteBuffer.wrap(bytes);
        }
    },
    SERIES("{\"type\":\"array\",\"items\":\"double\"}") {
        @Override
        Hint hint() {
            return new Hint(Hint.Kind.SERIES, List.of(24, 10));
        }

        @Override
        Object value(SplittableRandom random) {
            return numbers(random, 24 * 10);
        }
    },
    TEXT("\"string\"") {
        @Override
        Hint hint() {
            return new Hint(Hint.Kind.TEXT, List.of());
        }

        @Override
        Object value(SplittableRandom random) {
            return word(random, "abcdefgh ijklmnop", random.nextInt(1, 120));
        }
    },
    DNA("\"string\"") {
        @Override
        Hint hint() {
            return new Hint(Hint.Kind.DNA, List.of(), 3);
        }

        @Override
        Object value(SplittableRandom random) {
            return word(random, "acgT", 3 * random.nextInt(1, 60));
        }
    },
    NUMBER("\"double\"") {
        @Override
        Object value(SplittableRandom random) {
            return random.nextGaussian();
        }
    },
    TIMESTAMP("{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}") {
        @Override
        Object value(SplittableRandom random) {
            return 1_700_000_000_000_000L + random.nextLong(10_000_000_000_000L);
        }
    },
    CATEGORY("\"string\"") {
        @Override
        Object value(SplittableRandom random) {
            return List.of("north", "east", "south", "west").get(random.nextInt(4));
        }
    };

    private final Schema schema;

    /**
     * @param type and, after a comma, properties as JSON
     */
    Kind(String type) {
        String properties = type.contains(",\"shape\"") ? type.substring(type.indexOf(",\"shape\"")) : "";
        String plain = type.substring(0, type.length() - properties.length());
        this.schema = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Thing\",\"fields\":[{\"name\":\"x\",\"type\":[\"null\"," + plain
                        + "]" + properties + "}]}");
    }

    Hint hint() {
        return new Hint(Hint.Kind.AUTO, List.of());
    }

    abstract Object value(SplittableRandom random);

    List<GenericRecord> records(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        List<GenericRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(record(value(random)));
        }
        return records;
    }

    GenericRecord record(Object value) {
        GenericRecord record = new GenericData.Record(schema);
        record.put("x", value);
        return record;
    }

    RecordLayout layout() {
        LayoutLearner learner = new LayoutLearner(schema, Map.of("x", hint()));
        records(1, 60).forEach(learner::observe);
        return learner.learn();
    }

    private static List<Float> numbers(SplittableRandom random, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> (float) (5 * random.nextGaussian()))
                .toList();
    }

    private static String word(SplittableRandom random, String letters, int length) {
        return random.ints(length, 0, letters.length())
                .collect(StringBuilder::new, (word, i) -> word.append(letters.charAt(i)), StringBuilder::append)
                .toString();
    }
}
