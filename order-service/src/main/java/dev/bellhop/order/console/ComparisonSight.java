package dev.bellhop.order.console;

import dev.bellhop.order.app.PaymentWaits;
import dev.bellhop.order.app.PaymentWaits.Summary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What polling would have cost, beside what webhooks did cost, for the same orders. */
record ComparisonSight(Summary summary, List<Way> ways) {

    /**
     * A way to learn that an order was paid.
     *
     * @param late how much later than it happened; null if unknown
     * @param width of its bar, of 100
     */
    record Way(String name, long requests, String perOrder, @Nullable Duration late, double width) {}

    static ComparisonSight of(Summary summary) {
        long most = summary.polling().stream()
                .mapToLong(PaymentWaits.Polling::calls)
                .max()
                .orElse(1);
        List<Way> ways = new ArrayList<>();
        for (PaymentWaits.Polling polling : summary.polling()) {
            String name = "Asking every " + seconds(polling.every());
            ways.add(way(name, polling.calls(), summary, polling.late(), most));
        }
        long real = summary.deliveries() + summary.questions();
        ways.add(way("Webhooks and status calls, as it was", real, summary, summary.push(), most));
        return new ComparisonSight(summary, ways);
    }

    private static Way way(String name, long requests, Summary summary, @Nullable Duration late, long most) {
        double each = summary.orders() == 0 ? 0 : (double) requests / summary.orders();
        return new Way(
                name,
                requests,
                String.format(Locale.ENGLISH, "%,.2f", each),
                late,
                Math.round(Math.max(0.5, requests * 100.0 / Math.max(1, most)) * 10) / 10.0);
    }

    private static String seconds(Duration interval) {
        return interval.toSeconds() == 1 ? "second" : interval.toSeconds() + " seconds";
    }

    /** How many requests the busiest poller would have made for each one that was made. */
    public String saved() {
        long real = Math.max(1, summary.deliveries() + summary.questions());
        long most = summary.polling().stream()
                .mapToLong(PaymentWaits.Polling::calls)
                .max()
                .orElse(0);
        return String.format(Locale.ENGLISH, "%,.1f", (double) most / real);
    }
}
