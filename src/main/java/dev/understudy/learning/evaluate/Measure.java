package dev.understudy.learning.evaluate;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** A score by name. The names are public: they stand in announcements and reports. */
record Measure(String name, ToDoubleFunction<Comparison> of) {

    static final List<Measure> ALL = List.of(
            new Measure(
                    "kernelDistance", comparison -> comparison.kernelDistance().value()),
            new Measure(
                    "kernelDistanceError",
                    comparison -> comparison.kernelDistance().error()),
            new Measure("precision", comparison -> comparison.neighbours().precision()),
            new Measure("recall", comparison -> comparison.neighbours().recall()),
            new Measure("density", comparison -> comparison.neighbours().density()),
            new Measure("coverage", comparison -> comparison.neighbours().coverage()),
            new Measure("classCoverage", Comparison::classCoverage),
            new Measure("diversity", Comparison::diversity),
            new Measure("memorisation", comparison -> comparison.memorisation().excess()));
}
