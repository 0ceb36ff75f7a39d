package dev.bellhop.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the report: a figure and the yardstick of the same run.
 *
 * @param rounds the figure of each round, of which {@code value} is the median
 * @param yardstick what it is compared with; absent where the figure stands for itself
 * @param ratio {@code value / yardstickValue}
 * @param target what the design asks for; absent where it asks for nothing but a statement
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Measurement(
        String scenario,
        String what,
        double value,
        String unit,
        List<Double> rounds,
        @Nullable String yardstick,
        @Nullable Double yardstickValue,
        @Nullable Double ratio,
        @Nullable String target) {

    /** A figure that stands for itself. */
    static Measurement plain(String scenario, String what, String unit, List<Double> rounds) {
        return new Measurement(scenario, what, median(rounds), unit, rounds, null, null, null, null);
    }

    /** A figure beside its yardstick. */
    static Measurement compared(
            String scenario, String what, String unit, List<Double> rounds, String yardstick, List<Double> against) {
        double value = median(rounds);
        double other = median(against);
        return new Measurement(scenario, what, value, unit, rounds, yardstick, other, value / other, null);
    }

    /** The same with what the design asks for. */
    Measurement aimingAt(String text) {
        return new Measurement(scenario, what, value, unit, rounds, yardstick, yardstickValue, ratio, text);
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
