package dev.bellhop.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Asking against being told, in one picture: what each way costs in requests per order, and how late one knows. A dot is
 * the median, the line above it reaches to the 99th percentile; both axes are logarithmic.
 */
final class TrackingPicture {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 400;
    private static final int LEFT = 80;
    private static final int BOTTOM = 340;
    private static final int TOP = 30;
    private static final int RIGHT = 690;
    private static final double[] REQUESTS = {0.5, 200};
    private static final double[] MILLIS = {1, 200_000};

    /** By way: its figures by name. */
    private final Map<String, Map<String, Double>> ways = new LinkedHashMap<>();

    /** Of the tracking scenario's measurements, each named "way: figure". */
    TrackingPicture(List<Measurement> measurements) {
        for (Measurement m : measurements) {
            int colon = m.what().indexOf(": ");
            if (m.scenario().equals(TrackingScenario.NAME) && colon > 0) {
                ways.computeIfAbsent(m.what().substring(0, colon), way -> new LinkedHashMap<>())
                        .put(m.what().substring(colon + 2), m.value());
            }
        }
    }

    boolean isEmpty() {
        return ways.isEmpty();
    }

    /** For a page or for a file of its own. */
    String svg() {
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " " + HEIGHT
                        + "\" role=\"img\"")
                .append(" aria-label=\"Requests per order against the time until a payment is known\"")
                .append(" font-family=\"system-ui,sans-serif\" font-size=\"13\" fill=\"#808080\">\n");
        for (double requests : new double[] {1, 10, 100}) {
            line(svg, x(requests), TOP, x(requests), BOTTOM, "#80808040", 1);
            text(svg, x(requests), BOTTOM + 20, "middle", String.format(Locale.ROOT, "%.0f", requests));
        }
        for (double millis : new double[] {1, 10, 100, 1_000, 10_000, 100_000}) {
            line(svg, LEFT, y(millis), RIGHT, y(millis), "#80808040", 1);
            text(
                    svg,
                    LEFT - 8,
                    y(millis) + 4,
                    "end",
                    millis < 1_000 ? plain(millis) + " ms" : plain(millis / 1_000) + " s");
        }
        text(svg, (LEFT + RIGHT) / 2.0, BOTTOM + 44, "middle", "requests per order");
        text(svg, LEFT, TOP - 12, "start", "paid until known: median, and up to the 99th percentile");
        ways.forEach((way, figures) -> point(svg, way, figures));
        return svg.append("</svg>\n").toString();
    }

    private static void point(StringBuilder svg, String way, Map<String, Double> figures) {
        double x = x(figures.getOrDefault(TrackingScenario.REQUESTS, 1.0));
        double median = y(figures.getOrDefault(TrackingScenario.MEDIAN, 1.0));
        double late = y(figures.getOrDefault(TrackingScenario.P99, 1.0));
        String color = way.startsWith("webhook") ? "#2a7ae2" : "#d9652b";
        line(svg, x, median, x, late, color, 3);
        svg.append(String.format(
                Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"6\" fill=\"%s\"/>%n", x, median, color));
        boolean isLossy = way.contains("lost");
        text(svg, x + 10, isLossy ? late + 4 : median + 18, "start", way);
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
        svg.append(String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, text));
    }

    private static void line(
            StringBuilder svg, double fromX, double fromY, double toX, double toY, String color, int width) {
        svg.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%d\"/>%n",
                fromX,
                fromY,
                toX,
                toY,
                color,
                width));
    }

    private static String plain(double number) {
        return String.format(Locale.ROOT, "%.0f", number);
    }

    private static double x(double requests) {
        return LEFT + (RIGHT - LEFT) * share(requests, REQUESTS);
    }

    private static double y(double millis) {
        return BOTTOM - (BOTTOM - TOP) * share(millis, MILLIS);
    }

    private static double share(double value, double[] range) {
        double within = Math.min(range[1], Math.max(range[0], value));
        return Math.log(within / range[0]) / Math.log(range[1] / range[0]);
    }
}
