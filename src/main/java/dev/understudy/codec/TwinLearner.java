package dev.understudy.codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds fields that are the same thing under other names: any two records are alike in all of them or in none.
 *
 * <p>The keys of each field are numbered as they appear. As long as two fields have the same number in every record, each key of
 * one goes with one of the other and with none else. Having the same numbers is an equivalence, so there are no pairs
 * to keep: fields are kept in groups, which part at the first record that tells them apart, and one that is left alone, or has
 * more than {@value #MOST_KEYS} keys, is forgotten. Most are after a few records. What is left costs the keys of each field, at
 * most {@value CategoryCounts#LONGEST} characters long, so less than a megabyte a field.
 *
 * <p>Fields are believed to be twins when {@value #ENOUGH} records could have told them apart: all but the first with each key.
 * If none of {@code n} does, fewer than {@code 3 / n} of all do, with a confidence of 95 %: here one in 200, beyond which
 * unknown values count as drift, and the fields are parted.
 *
 * <p><em>Source</em>: the rule of three, Hanley and Lippman-Hand 1983, "If nothing goes wrong, is everything all right?", JAMA
 * 249(13).
 */
final class TwinLearner {
    static final int MOST_KEYS = 1_000;
    static final int ENOUGH = 600;

    /** Number of what is not numbered. */
    private static final int NONE = -1;

    private List<List<Column>> groups;
    private long observed;

    /**
     * @param fields all that are learned
     */
    TwinLearner(List<SchemaField> fields) {
        List<Column> all = IntStream.range(0, fields.size())
                .filter(i -> discrete(fields.get(i)))
                .mapToObj(i -> new Column(i, fields.get(i).name()))
                .toList();
        this.groups = all.size() > 1 ? List.of(all) : List.of();
    }

    /** Whether it may be learned as a choice: strings, enums, booleans and numbers that are no times. */
    private static boolean discrete(SchemaField field) {
        return switch (field.hint().kind()) {
            case AUTO, CATEGORY -> field.values() != null && field.time().isEmpty();
            default -> false;
        };
    }

    /** Takes the keys of one record, of all fields. */
    void observe(Object[] keys) {
        observed++;
        part(column -> column.number(keys[column.index]));
    }

    /**
     * Keeps together in a group what has the same number, as nearly always all of it has.
     *
     * @param number the same if asked again
     */
    private void part(ToIntFunction<Column> number) {
        for (List<Column> group : groups) {
            if (!alike(group, number)) {
                groups =
                        groups.stream().flatMap(parted -> parts(parted, number)).toList();
                return;
            }
        }
    }

    private static boolean alike(List<Column> group, ToIntFunction<Column> number) {
        int first = number.applyAsInt(group.get(0));
        for (Column column : group) {
            if (number.applyAsInt(column) != first) {
                return false;
            }
        }
        return first != NONE;
    }

    private static Stream<List<Column>> parts(List<Column> group, ToIntFunction<Column> number) {
        Map<Integer, List<Column>> parts = group.stream()
                .collect(Collectors.groupingBy(number::applyAsInt, LinkedHashMap::new, Collectors.toList()));
        parts.remove(NONE);
        return parts.values().stream().filter(part -> part.size() > 1);
    }

    /**
     * Takes what another learner of the same fields has seen, as if it came after: for each of its groups as many records as
     * that has keys say it all.
     */
    void merge(TwinLearner other) {
        observed += other.observed;
        Map<Integer, Column> others = new HashMap<>();
        Map<Integer, Integer> groupsOfOthers = new HashMap<>();
        for (int i = 0; i < other.groups.size(); i++) {
            for (Column column : other.groups.get(i)) {
                others.put(column.index, column);
                groupsOfOthers.put(column.index, i);
            }
        }
        part(column -> groupsOfOthers.getOrDefault(column.index, NONE));
        for (int i = 0; i < MOST_KEYS; i++) {
            int place = i;
            part(column -> {
                List<Object> keys = others.get(column.index).keys;
                return place < keys.size() ? column.number(keys.get(place)) : 0;
            });
        }
    }

    /**
     * The fields, with those that are twins in place of what they would be by themselves. The original of a group is its first
     * field; only what is learned as a choice and nothing else is one, or a twin.
     *
     * @param alone each by itself
     */
    List<LearnedField> learn(List<LearnedField> alone) {
        List<LearnedField> fields = new ArrayList<>(alone);
        for (List<Column> group : groups) {
            List<Column> choices = group.stream()
                    .filter(column -> alone.get(column.index) instanceof CategoryField)
                    .toList();
            choices.stream().skip(1).filter(this::convincing).forEach(twin -> {
                CategoryField original = (CategoryField) alone.get(choices.get(0).index);
                SchemaField source = alone.get(twin.index).source();
                fields.set(
                        twin.index,
                        TwinField.of(source, original, choices.get(0).with(twin)));
            });
        }
        return fields;
    }

    private boolean convincing(Column twin) {
        return observed - twin.keys.size() >= ENOUGH;
    }

    /** Keys of one field by those of another, as they were seen together; empty if no twins were seen. */
    Optional<Map<Object, Object>> pairs(String original, String twin) {
        return groups.stream()
                .map(group -> group.stream().collect(Collectors.toMap(column -> column.name, Function.identity())))
                .filter(group -> group.keySet().containsAll(List.of(original, twin)))
                .findFirst()
                .map(group -> group.get(original).with(group.get(twin)));
    }

    /** A field's keys in the order in which they appeared. */
    private static final class Column {
        private final int index;
        private final String name;
        private final List<Object> keys = new ArrayList<>();
        private final Map<Object, Integer> numbers = new HashMap<>();

        Column(int index, String name) {
            this.index = index;
            this.name = name;
        }

        /** Place of a key; of a new one the next, {@link #NONE} if it is one too many or too long to be kept. */
        int number(Object key) {
            Integer known = numbers.get(key);
            if (known != null) {
                return known;
            }
            if (keys.size() == MOST_KEYS || (key instanceof String text && text.length() > CategoryCounts.LONGEST)) {
                return NONE;
            }
            numbers.put(key, keys.size());
            keys.add(key);
            return keys.size() - 1;
        }

        Map<Object, Object> with(Column twin) {
            Map<Object, Object> pairs = new HashMap<>();
            IntStream.range(0, keys.size()).forEach(i -> pairs.put(keys.get(i), twin.keys.get(i)));
            return pairs;
        }
    }
}
