package dev.understudy.api.gallery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * Two scalar fields and how they go together on each side: drawn twice on the same axes, real records in the left chart. Two
 * that are ordered are scattered, others are heat maps.
 */
record Pair(Column x, Column y, Association real, Association synthetic) {
    private static final int MOST_FIELDS = 24;
    private static final int MOST_CLASSES = 10;
    private static final int MOST_BINS = 12;
    private static final double MOST_OTHERS = 0.5;
    private static final double LEAST_STRENGTH = 0.1;

    /**
     * A scalar field on both sides.
     *
     * @param keys numbers of an ordered field, else strings; null where one is missing
     */
    record Column(Field field, Sides<Object> values, Sides<?> keys) {

        static Column of(Field field, Sides<Object> values) {
            Sides<?> keys = field.ordered()
                    ? values.map(value -> Unit.read(field, value))
                    : values.map(value -> Objects.toString(value, null));
            return new Column(field, values, keys);
        }

        private Quantity quantity() {
            return Quantity.of(field, values);
        }

        private Classes classes() {
            return field.ordered() ? Classes.of(quantity(), MOST_BINS) : Classes.of(field, values, MOST_CLASSES);
        }

        /** Whether most of its records would be seen in a heat map. */
        private boolean drawable() {
            Classes classes = classes();
            return Arrays.stream(Side.values()).allMatch(side -> classes.others(side) < MOST_OTHERS);
        }
    }

    /** The most strongly associated pairs of the first fields, by the real records if there are any, the strongest first. */
    static List<Pair> strongest(List<Column> columns, int most) {
        List<Column> first =
                columns.stream().limit(MOST_FIELDS).filter(Column::drawable).toList();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            for (int j = i + 1; j < first.size(); j++) {
                pairs.add(of(first.get(i), first.get(j)));
            }
        }
        return pairs.stream()
                .filter(pair -> pair.decisive().strength() >= LEAST_STRENGTH)
                .sorted(Comparator.comparingDouble(
                                (Pair pair) -> pair.decisive().strength())
                        .reversed())
                .limit(most)
                .toList();
    }

    private static Pair of(Column x, Column y) {
        return new Pair(
                x,
                y,
                Association.of(x.keys().real(), y.keys().real()),
                Association.of(x.keys().synthetic(), y.keys().synthetic()));
    }

    private Association decisive() {
        return x.keys().real().isEmpty() ? synthetic : real;
    }

    Figure figure() {
        if (x.field().ordered() && y.field().ordered()) {
            return figure(x, y, new Scatters(x.quantity(), y.quantity()).charts());
        }
        Classes ofX = x.classes();
        Classes ofY = y.classes();
        return ofX.binned() || (!ofY.binned() && ofX.letters() <= ofY.letters())
                ? figure(x, y, new HeatMaps(ofX, ofY).charts())
                : figure(y, x, new HeatMaps(ofY, ofX).charts());
    }

    private Figure figure(Column across, Column up, List<? extends Chart<?, ?>> charts) {
        String title = up.field().path() + " ↑  " + across.field().path() + " →";
        return new Figure(
                new Caption(title, List.of(new Caption.Remark(decisive().symbol(), this::value))), charts);
    }

    private String value(Side side) {
        return x.keys().of(side).isEmpty()
                ? "–"
                : String.format(Locale.ROOT, "%.2f", (side == Side.REAL ? real : synthetic).value());
    }
}
