package dev.bellhop.order.console;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A small plot, as paths of an SVG of {@value #WIDTH} by {@value #HEIGHT}. No style is in it: the style sheet has it all.
 *
 * @param line through the values; with a gap where there is none
 * @param area below it
 * @param peak the largest value
 */
record Plot(String line, String area, double peak) {

    static final int WIDTH = 240;
    static final int HEIGHT = 64;

    /** A line from left to right, scaled to its peak. */
    static Plot line(List<@Nullable Double> values) {
        OptionalDouble most =
                values.stream().mapToDouble(value -> value == null ? 0 : value).max();
        double peak = most.orElse(0);
        double scale = peak == 0 ? 0 : (HEIGHT - 4) / peak;
        double step = (double) WIDTH / Math.max(1, values.size() - 1);
        StringBuilder line = new StringBuilder();
        StringBuilder area = new StringBuilder();
        double first = 0;
        boolean drawing = false;
        for (int n = 0; n < values.size(); n++) {
            Double value = values.get(n);
            double x = n * step;
            if (value == null) {
                end(area, drawing, first, x - step);
                drawing = false;
                continue;
            }
            double y = HEIGHT - 1 - value * scale;
            line.append(point(drawing ? 'L' : 'M', x, y));
            if (!drawing) {
                first = x;
                area.append(point('M', x, HEIGHT));
            }
            area.append(point('L', x, y));
            drawing = true;
        }
        end(area, drawing, first, WIDTH);
        return new Plot(line.toString(), area.toString(), peak);
    }

    private static void end(StringBuilder area, boolean drawing, double first, double last) {
        if (drawing) {
            area.append(point('L', last, HEIGHT))
                    .append(point('L', first, HEIGHT))
                    .append('Z');
        }
    }

    private static String point(char command, double x, double y) {
        return String.format(Locale.ROOT, "%c%.1f %.1f", command, x, y);
    }

    /**
     * Bars of equal width, scaled to the longest.
     *
     * @param x from the left
     * @param y from the top
     */
    record Bar(double x, double y, double width, double height) {}

    static List<Bar> bars(List<Double> values) {
        double peak = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        double place = (double) WIDTH / Math.max(1, values.size());
        return IntStream.range(0, values.size())
                .mapToObj(n -> {
                    double height =
                            peak == 0 ? 0 : Math.max(values.get(n) > 0 ? 1 : 0, values.get(n) / peak * (HEIGHT - 4));
                    return new Bar(
                            round(n * place + place * 0.1), round(HEIGHT - height), round(place * 0.8), round(height));
                })
                .toList();
    }

    private static double round(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
