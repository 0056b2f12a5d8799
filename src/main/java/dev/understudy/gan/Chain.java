package dev.understudy.gan;

import dev.understudy.codec.Span;
import java.util.List;

/**
 * Odds of each symbol of a string, given the symbols before it, its place in its frame and whether the end is near: a Markov
 * chain of order two, of order one for large alphabets. Counted once from real strings, and not trained.
 *
 * <p>Counts are smoothed by those of the shorter context, as much as a twentieth of a symbol would weigh (Witten and Bell 1991 without
 * their estimate of that weight), so that what never occurred is unlikely and not impossible.
 */
final class Chain {

    private static final int MOST_NUMBERS = 1 << 19;
    private static final double WEIGHT_OF_SHORTER = 0.05;

    private final Span span;
    private final Span.Text text;
    private final int order;
    private final int histories;

    Chain(Span span) {
        this.span = span;
        this.text = (Span.Text) span.value();
        int marks = text.symbols() + 1;
        long two = (long) ends() * text.frame() * marks * marks * text.symbols();
        this.order = two <= MOST_NUMBERS ? 2 : 1;
        this.histories = order == 2 ? marks * marks : marks;
    }

    /** Distances to the end that are told apart. */
    private int ends() {
        return text.frame() + 1;
    }

    private int contexts() {
        return ends() * text.frame() * histories;
    }

    /**
     * Log odds {@code [longest, symbols]} along the strings that come of adding them to scores, place by place.
     *
     * @param scores {@code [longest, symbols]}: log odds of another source, and Gumbel numbers
     * @param length {@code [batch, 1]}
     */
    Var follow(Script script, String name, Var scores, Var length) {
        script.helper(FOLLOW);
        var table = script.parameter(name, List.of(contexts(), text.symbols()), new Parameter.Counted(this));
        var odds = script.line(table.shape(), "torch.detach(%s)", table);
        var rows = script.line(
                List.of(text.longest()),
                "self.follow(torch.detach(%s), %s, torch.detach(%s), %d, %d, %d)",
                scores,
                odds,
                length,
                text.frame(),
                text.symbols() + 1,
                histories);
        return script.line(
                scores.shape(),
                "torch.reshape(torch.index_select(%s, 0, torch.flatten(%s)), [-1, %d, %d])",
                odds,
                rows,
                text.longest(),
                text.symbols());
    }

    /** The row of the table at each place: (end, place in frame, symbol before last, last symbol). */
    private static final String FOLLOW = """
            def follow(self, scores: Tensor, odds: Tensor, length: Tensor, frame: int, marks: int, histories: int) -> Tensor:
              places = torch.arange(torch.size(scores, 1), dtype=4, layout=None, device=scores.device, pin_memory=False)
              left = torch.clamp(torch.sub(torch.sub(torch.to(length, 4), 1), places), 0, frame)
              start = torch.mul(torch.add(torch.mul(left, frame), torch.remainder(places, frame)), histories)
              history = torch.full_like(torch.select(start, 1, 0), histories - 1)
              rows = annotate(List[Tensor], [])
              for t in range(torch.size(scores, 1)):
                row = torch.add(torch.select(start, 1, t), history)
                _0 = torch.append(rows, row)
                symbol = torch.argmax(torch.add(torch.select(scores, 1, t), torch.index_select(odds, 0, row)), 1)
                history = torch.remainder(torch.add(torch.mul(history, marks), symbol), histories)
              return torch.stack(rows, 1)
            """;

    /**
     * The table, counted from real rows.
     *
     * @param rows {@code [any, width]}; none gives even odds
     */
    float[] count(float[] rows, int width) {
        int symbols = text.symbols();
        double[] counts = new double[contexts() * symbols];
        for (int start = 0; start < rows.length; start += width) {
            count(rows, start + span.valueOffset(), counts);
        }
        double[] shorter = new double[contexts() / histories * (symbols + 1) * symbols];
        for (int i = 0; i < counts.length; i++) {
            shorter[shorterContext(i / symbols) * symbols + i % symbols] += counts[i];
        }
        float[] table = new float[counts.length];
        for (int context = 0; context < contexts(); context++) {
            odds(counts, context, shorter, shorterContext(context), table);
        }
        return table;
    }

    private void count(float[] rows, int start, double[] counts) {
        int symbols = text.symbols();
        int length = 0;
        int[] string = new int[text.longest()];
        for (int symbol = at(rows, start, 0); symbol >= 0; symbol = at(rows, start, length)) {
            string[length++] = symbol;
        }
        int history = histories - 1;
        for (int place = 0; place < length; place++) {
            int left = Math.min(length - 1 - place, text.frame());
            int context = (left * text.frame() + place % text.frame()) * histories + history;
            counts[context * symbols + string[place]]++;
            history = (history * (symbols + 1) + string[place]) % histories;
        }
    }

    /** The symbol at a place, -1 at the end. */
    private int at(float[] rows, int start, int place) {
        if (place == text.longest()) {
            return -1;
        }
        for (int symbol = 0; symbol < text.symbols(); symbol++) {
            if (rows[start + place * text.symbols() + symbol] > 0.5) {
                return symbol;
            }
        }
        return -1;
    }

    private int shorterContext(int context) {
        int marks = text.symbols() + 1;
        return context / histories * marks + context % marks;
    }

    private void odds(double[] counts, int context, double[] shorter, int shorterContext, float[] table) {
        int symbols = text.symbols();
        double total = sum(counts, context * symbols);
        double shorterTotal = sum(shorter, shorterContext * symbols);
        for (int i = 0; i < symbols; i++) {
            double even = 1.0 / symbols;
            double backOff = (shorter[shorterContext * symbols + i] + 0.1 * even) / (shorterTotal + 0.1);
            double share = (counts[context * symbols + i] + WEIGHT_OF_SHORTER * backOff) / (total + WEIGHT_OF_SHORTER);
            table[context * symbols + i] = (float) Math.log(share);
        }
    }

    private double sum(double[] counts, int from) {
        double sum = 0;
        for (int i = from; i < from + text.symbols(); i++) {
            sum += counts[i];
        }
        return sum;
    }
}
