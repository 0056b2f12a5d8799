package dev.understudy.quality;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What training costs, learned from the marks of a short run.
 *
 * @param secondsPerStep CPU seconds of a step, looks at the scores included
 * @param fixedSeconds CPU seconds that are spent once, at the beginning
 */
record Pacing(double secondsPerStep, double fixedSeconds) {
    /**
     * Share of the budget that the schedules may take, as what a step costs moves with the machine. What is left over goes
     * into rounds at the final learning rate.
     */
    private static final double SHARE = 0.95;

    /**
     * The line through the first and the last mark.
     *
     * @param marks at least one, oldest first
     */
    static Pacing of(List<Mark> marks) {
        Mark first = marks.get(0);
        Mark last = marks.get(marks.size() - 1);
        if (last.steps() == first.steps()) {
            return new Pacing(first.cpuSeconds() / first.steps(), 0);
        }
        double each = (last.cpuSeconds() - first.cpuSeconds()) / (last.steps() - first.steps());
        return new Pacing(each, Math.max(0, first.cpuSeconds() - each * first.steps()));
    }

    /**
     * Steps that just fit into a budget.
     *
     * @param budgetSeconds CPU seconds
     * @param roundSteps steps of a round: the horizon is a number of whole ones, at least one
     */
    long horizon(double budgetSeconds, int roundSteps) {
        double steps = (SHARE * budgetSeconds - fixedSeconds) / secondsPerStep;
        return roundSteps * Math.max(1, (long) (steps / roundSteps));
    }

    /**
     * The version to measure: the last that was live when the budget was spent, or the first if that came too late.
     *
     * @param marks at least one, oldest first
     */
    static Mark measured(List<Mark> marks, double budgetSeconds) {
        Optional<Mark> within = marks.stream()
                .filter(mark -> mark.cpuSeconds() <= budgetSeconds)
                .max(Comparator.comparingInt(Mark::version));
        return within.orElse(marks.get(0));
    }
}
