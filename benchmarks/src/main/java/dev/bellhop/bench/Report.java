package dev.bellhop.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes {@code bench-report.json} and a self-contained {@code bench-report.html}. */
record Report(Map<String, String> machine, List<Measurement> measurements) {

    /** What the figures were taken on. */
    static Map<String, String> thisMachine(String when, String command) {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("when", when);
        machine.put("command", command);
        machine.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("java", System.getProperty("java.runtime.version"));
        return machine;
    }

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(folder.resolve("bench-report.json").toFile(), this);
        TrackingPicture tracking = new TrackingPicture(measurements);
        Files.writeString(folder.resolve("bench-report.html"), html(tracking));
        if (!tracking.isEmpty()) {
            Files.writeString(folder.resolve("tracking.svg"), tracking.svg());
        }
    }

    private String html(TrackingPicture tracking) {
        StringBuilder page = new StringBuilder(
                """
                <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <title>Bellhop bench</title><style>
                body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
                table{border-collapse:collapse;width:100%} td,th{padding:.3rem .6rem;text-align:left;border-bottom:1px solid #8884}
                td.n,th.n{text-align:right;font-variant-numeric:tabular-nums} svg{display:block} .y{opacity:.45}
                </style><h1>Bellhop bench</h1><table>
                """);
        machine.forEach((key, value) ->
                page.append("<tr><th>").append(escape(key)).append("<td>").append(escape(value)));
        page.append(
                "</table><h2>Figures</h2><p>Each figure is the median of its rounds; its yardstick is from the same run."
                        + "</p><table><tr><th>scenario<th>what<th class=n>figure<th>yardstick<th class=n>ratio<th>aim<th>bar");
        for (Measurement m : measurements) {
            page.append("<tr><td>").append(escape(m.scenario()));
            page.append("<td>").append(escape(m.what()));
            page.append("<td class=n>").append(number(m.value())).append(' ').append(escape(m.unit()));
            page.append("<td>");
            if (m.yardstick() != null && m.yardstickValue() != null) {
                page.append(escape(m.yardstick())).append(": ").append(number(m.yardstickValue()));
            }
            Double ratio = m.ratio();
            page.append("<td class=n>").append(ratio == null ? "" : String.format(Locale.ROOT, "%.2f", ratio));
            page.append("<td>").append(m.target() == null ? "" : escape(m.target()));
            page.append("<td>").append(ratio == null ? "" : bar(ratio));
        }
        page.append("</table>");
        if (!tracking.isEmpty()) {
            page.append("<h2>Asking against being told</h2>").append(tracking.svg());
        }
        return page.append("</html>\n").toString();
    }

    private static String bar(double ratio) {
        int width = (int) Math.round(Math.min(1, ratio) * 120);
        return "<svg width=120 height=14 role=img aria-label=\"ratio " + String.format(Locale.ROOT, "%.2f", ratio)
                + "\"><rect class=y width=120 height=14 fill=\"#888\"/><rect width=" + width
                + " height=14 fill=\"#2a7ae2\"/></svg>";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.2f", value);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
