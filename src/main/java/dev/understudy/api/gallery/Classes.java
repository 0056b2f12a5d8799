package dev.understudy.api.gallery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The classes of a field, the same for both sides.
 *
 * @param labels at least one, no two alike
 * @param indices class of each record, negative if it is none of those with labels; null where it is missing
 * @param binned whether they are bins of an axis, so that some labels tell the others
 */
record Classes(List<String> labels, Sides<Integer> indices, boolean binned) {
    /** Index of what is rarer than the classes that have labels. */
    private static final Integer OTHER = -1;

    /** The first of Unicode's eleven spaces. */
    private static final int FIRST_SPACE = 0x2000;

    /** Values by size if they are numbers, else by frequency; what is rarer than so many has no label. */
    static Classes of(Field field, Sides<Object> values, int most) {
        return of(values.map(value -> key(field, value)), most, key -> label(field, key));
    }

    /** Names an element. */
    interface Labels<T> {
        String of(T key);
    }

    private static Object key(Field field, Object value) {
        Double number = Unit.read(field, value);
        return number != null ? number : Objects.toString(value, null);
    }

    private static String label(Field field, Object key) {
        return key instanceof Double number ? Unit.of(field).name(number) : (String) key;
    }

    /** The commonest of keys that are strings or numbers. */
    static <T> Classes of(Sides<T> keys, int most, Labels<T> naming) {
        Map<T, Long> counts = keys.both()
                .filter(Objects::nonNull)
                .collect(Collectors.groupingBy(key -> key, LinkedHashMap::new, Collectors.counting()));
        List<T> ranked = counts.entrySet().stream()
                .sorted(Map.Entry.<T, Long>comparingByValue(Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .limit(most)
                .collect(Collectors.toCollection(ArrayList::new));
        ranked.sort(Comparator.comparingDouble(key -> key instanceof Double number ? number : 0));
        Map<T, Integer> places = new HashMap<>();
        ranked.forEach(key -> places.put(key, places.size()));
        List<String> labels = distinct(ranked.stream().map(naming::of).toList());
        if (labels.isEmpty()) {
            labels.add("(none)");
        }
        return new Classes(labels, keys.map(key -> key == null ? null : places.getOrDefault(key, OTHER)), false);
    }

    /** Bins as classes, each named by its middle. */
    static Classes of(Quantity quantity, int most) {
        Bins bins = Bins.of(quantity, most);
        List<String> middles = IntStream.range(0, bins.count())
                .mapToObj(bin -> quantity.label(bins.middle(bin, quantity)))
                .toList();
        return new Classes(
                distinct(middles), quantity.numbers().map(number -> number == null ? null : bins.index(number)), true);
    }

    /** Short labels; those that became alike are numbered. */
    private static List<String> distinct(List<String> names) {
        List<String> labels = new ArrayList<>();
        for (String name : names) {
            String label = Style.label(name);
            for (int i = 2; labels.contains(label); i++) {
                label = Style.label(name) + " " + i;
            }
            labels.add(label);
        }
        return labels;
    }

    /** The same with the missing as a class of their own, if there are any. */
    Classes withMissing() {
        if (indices.both().allMatch(Objects::nonNull)) {
            return this;
        }
        List<String> more = new ArrayList<>(labels);
        more.add("(missing)");
        return new Classes(more, indices.map(index -> index == null ? labels.size() : index), binned);
    }

    /** Share of all records in each class; the missing and the others are in none. */
    double[] shares(Side side) {
        double[] shares = new double[labels.size()];
        List<Integer> each = indices.of(side);
        each.stream().filter(Classes::labelled).forEach(index -> shares[index] += 1.0 / each.size());
        return shares;
    }

    /** Share of all records that are in none of the classes though they have a value. */
    double others(Side side) {
        List<Integer> each = indices.of(side);
        return each.stream().filter(OTHER::equals).count() / Math.max(1.0, each.size());
    }

    /** Whether an index is that of a label. */
    static boolean labelled(Integer index) {
        return index != null && !index.equals(OTHER);
    }

    /** Labels of every so many of at most a dozen classes; the others are spaces, no two of the same width. */
    List<String> every(int many) {
        return IntStream.range(0, labels.size())
                .mapToObj(index -> index % many == 0 ? labels.get(index) : Character.toString(FIRST_SPACE + index - 1))
                .toList();
    }

    /** Letters of all labels. */
    int letters() {
        return labels.stream().mapToInt(String::length).sum();
    }

    /** Letters of the longest label. */
    int longest() {
        return labels.stream().mapToInt(String::length).max().orElse(0);
    }
}
