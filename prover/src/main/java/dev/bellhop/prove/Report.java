package dev.bellhop.prove;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.bellhop.prove.Evidence.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code prove-report.json} and {@code prove-report.html}, which needs nothing but itself. */
record Report(Trial.Outcome outcome, String command) {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 160;

    void write(Path folder) throws IOException {
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(folder.resolve("prove-report.json").toFile(), json());
        Files.writeString(folder.resolve("prove-report.html"), html());
    }

    private Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("command", command);
        json.put("begin", outcome.begin().toString());
        json.put("end", outcome.end().toString());
        json.put("kept", outcome.kept());
        json.put(
                "verdicts",
                outcome.verdicts().stream()
                        .map(verdict -> Map.of(
                                "guarantee", verdict.guarantee().name(),
                                "promise", verdict.guarantee().promise(),
                                "verdict", word(verdict),
                                "checked", verdict.checked(),
                                "broken", verdict.broken()))
                        .toList());
        json.put(
                "schedule",
                outcome.trial().schedule().stream()
                        .map(planned -> Map.of(
                                "disturbance", planned.disturbance().name(),
                                "atMillis", planned.at().toMillis(),
                                "lastsMillis", planned.lasts().toMillis()))
                        .toList());
        json.put("ends", ends());
        json.put("statusQueriesPerOrder", statusQueries());
        json.put("millisFromPaidToVisible", Map.of("p50", visible(0.5), "p90", visible(0.9), "p99", visible(0.99)));
        json.put(
                "megabytes",
                outcome.megabytes().entrySet().stream()
                        .collect(Collectors.toMap(entry -> entry.getKey().folder(), Map.Entry::getValue)));
        return json;
    }

    private static String word(Verdict verdict) {
        return verdict.untested() ? "untested" : verdict.kept() ? "kept" : "broken";
    }

    private Map<String, Long> ends() {
        return new TreeMap<>(outcome.evidence().orders().values().stream()
                .collect(Collectors.groupingBy(Evidence.OrderState::status, Collectors.counting())));
    }

    private Map<Long, Long> statusQueries() {
        return new TreeMap<>(outcome.evidence().asked().values().stream()
                .collect(Collectors.groupingBy(times -> times, Collectors.counting())));
    }

    /** Of each order that a webhook made Paid: from the customer's click to our own history, sorted. */
    private List<Long> millisToVisible() {
        List<Long> millis = new ArrayList<>();
        for (Step step : outcome.evidence().history()) {
            Instant paidAt = outcome.paidAt().get(step.orderId());
            if (paidAt != null && step.eventId() != null && step.to().equals("Paid")) {
                millis.add(Math.max(0, Duration.between(paidAt, step.at()).toMillis()));
            }
        }
        return millis.stream().sorted().toList();
    }

    private long visible(double share) {
        List<Long> millis = millisToVisible();
        return millis.isEmpty() ? 0 : millis.get((int) Math.min(millis.size() - 1.0, millis.size() * share));
    }

    private String html() {
        StringBuilder page = new StringBuilder(
                """
                <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <title>Bellhop prove</title><style>
                body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
                table{border-collapse:collapse;width:100%} td,th{padding:.3rem .6rem;text-align:left;vertical-align:top;
                border-bottom:1px solid #8884} td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
                svg{width:100%;height:auto;display:block;margin:1rem 0} text{font:11px system-ui,sans-serif;fill:currentColor}
                .bar{fill:#3b82f6} .fault{fill:#ef4444;opacity:.18} .kept{color:#15803d} .broken{color:#dc2626;font-weight:600}
                @media(prefers-color-scheme:dark){.kept{color:#4ade80}.broken{color:#f87171}} code{overflow-wrap:anywhere}
                </style><h1>Bellhop prove</h1>
                """);
        page.append("<p><code>")
                .append(escape(command))
                .append("</code><br>")
                .append(outcome.begin())
                .append(" to ")
                .append(outcome.end())
                .append("</p><p class=")
                .append(outcome.kept() ? "kept>Every guarantee held." : "broken>At least one guarantee did not hold.")
                .append("</p><table><tr><th>guarantee<th>verdict<th class=n>checks<th>where it broke");
        for (Verdict verdict : outcome.verdicts()) {
            page.append("<tr><td>")
                    .append(verdict.guarantee())
                    .append(": ")
                    .append(escape(verdict.guarantee().promise()))
                    .append("<td class=")
                    .append(word(verdict))
                    .append('>')
                    .append(word(verdict))
                    .append("<td class=n>")
                    .append(verdict.checked())
                    .append("<td>")
                    .append(verdict.broken().stream()
                            .limit(20)
                            .map(Report::escape)
                            .collect(Collectors.joining("<br>")));
        }
        page.append("</table><h2>Events over time, and what was broken</h2>").append(timeline());
        page.append("<h2>From paid to visible</h2><p>")
                .append(String.format(
                        Locale.ROOT,
                        "Half of the orders within %,d ms, nine of ten within %,d ms, 99 of 100 within %,d ms; what is late was held "
                                + "back or broken on purpose.",
                        visible(0.5),
                        visible(0.9),
                        visible(0.99)))
                .append("</p>")
                .append(bars(latencies()));
        page.append("<h2>Status queries per order</h2>").append(bars(labelled(statusQueries())));
        page.append("<h2>Where the orders ended</h2>").append(bars(ends()));
        return page.append("</html>\n").toString();
    }

    /** Records on the payments topic per second; a red band where something was broken. */
    private String timeline() {
        long seconds =
                Math.max(1, Duration.between(outcome.begin(), outcome.end()).toSeconds() + 1);
        Map<Long, Long> perSecond = outcome.evidence().payments().stream()
                .collect(Collectors.groupingBy(
                        record -> Duration.between(outcome.begin(), Instant.ofEpochMilli(record.timestamp()))
                                .toSeconds(),
                        Collectors.counting()));
        long most = perSecond.values().stream().mapToLong(Long::longValue).max().orElse(1);
        StringBuilder svg = svg(HEIGHT + 20, "records per second, at most " + most);
        for (Breaker.Happened happened : outcome.happened()) {
            double from = x(happened.from(), seconds);
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect class=fault x=%.1f y=0 width=%.1f height=%d><title>%s</title></rect>",
                    from,
                    Math.max(2, x(happened.to(), seconds) - from),
                    HEIGHT,
                    escape(happened.disturbance().words())));
        }
        perSecond.forEach((second, count) -> {
            double height = (double) HEIGHT * count / most;
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect class=bar x=%.1f y=%.1f width=%.1f height=%.1f />",
                    (double) WIDTH * second / seconds,
                    HEIGHT - height,
                    Math.max(0.5, (double) WIDTH / seconds - 0.5),
                    height));
        });
        svg.append("<text x=0 y=")
                .append(HEIGHT + 14)
                .append(">0 s</text><text text-anchor=end x=")
                .append(WIDTH)
                .append(" y=")
                .append(HEIGHT + 14)
                .append('>')
                .append(seconds)
                .append(" s</text></svg><table>")
                .append("<tr><th class=n>at<th>broken<th class=n>mended after");
        for (Breaker.Happened happened : outcome.happened()) {
            svg.append("<tr><td class=n>")
                    .append(Duration.between(outcome.begin(), happened.from()).toSeconds())
                    .append(" s<td>")
                    .append(escape(happened.disturbance().words()))
                    .append("<td class=n>")
                    .append(Duration.between(happened.from(), happened.to()).toMillis())
                    .append(" ms");
        }
        return svg.append("</table>").toString();
    }

    private double x(Instant at, long seconds) {
        return (double) WIDTH * Duration.between(outcome.begin(), at).toMillis() / 1000 / seconds;
    }

    private Map<String, Long> latencies() {
        Map<String, Long> steps = new LinkedHashMap<>();
        long from = 0;
        for (long to : new long[] {20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, Long.MAX_VALUE}) {
            long least = from;
            String label = to == Long.MAX_VALUE ? "more" : "to " + to + " ms";
            steps.put(
                    label,
                    millisToVisible().stream()
                            .filter(millis -> millis >= least && millis < to)
                            .count());
            from = to;
        }
        return steps;
    }

    private static Map<String, Long> labelled(Map<Long, Long> counts) {
        Map<String, Long> labels = new LinkedHashMap<>();
        counts.forEach((key, count) -> labels.put(String.valueOf(key), count));
        return labels;
    }

    private static String bars(Map<String, Long> counts) {
        long most = Math.max(
                1, counts.values().stream().mapToLong(Long::longValue).max().orElse(1));
        StringBuilder svg = svg(counts.size() * 22 + 4, "bars");
        int y = 2;
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=110 y=%d text-anchor=end>%s</text><rect class=bar x=118 y=%d width=%.1f height=16 />"
                            + "<text x=%.1f y=%d>%,d</text>",
                    y + 13,
                    escape(count.getKey()),
                    y,
                    680.0 * count.getValue() / most,
                    124 + 680.0 * count.getValue() / most,
                    y + 13,
                    count.getValue()));
            y += 22;
        }
        return svg.append("</svg>").toString();
    }

    private static StringBuilder svg(int height, String label) {
        return new StringBuilder("<svg role=img aria-label=\"")
                .append(escape(label))
                .append("\" viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(height)
                .append("\">");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
