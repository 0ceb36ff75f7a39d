package dev.bellhop.order.console;

import dev.bellhop.order.app.Activity;
import dev.bellhop.order.app.WatchActivity;
import dev.bellhop.order.app.WatchActivity.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is happening now, in words and plots. */
record NowSight(Sample sample, Plot rate, Plot latency, List<Plot.Bar> asks, List<Part> parts, Duration parkedTooLong) {

    private static final int SECONDS_PER_SLICE = (int) WatchActivity.SPAN.toSeconds() / WatchActivity.SLICES;
    private static final int SLICES_OF_RATE = 5;
    private static final Duration LONG_WAIT = Duration.ofMinutes(1);

    /** Somebody whom this service needs. {@code state} is up, down or unknown. */
    record Part(String name, String state, String detail) {}

    static NowSight of(Sample sample, Duration parkedTooLong) {
        List<@Nullable Double> rates = new ArrayList<>(Collections.nCopies(WatchActivity.SLICES, 0.0));
        List<@Nullable Double> medians = new ArrayList<>(Collections.nCopies(WatchActivity.SLICES, null));
        for (Activity.Slice slice : sample.flow().slices()) {
            rates.set(slice.number(), (double) slice.events() / SECONDS_PER_SLICE);
            Duration median = slice.median();
            medians.set(slice.number(), median == null ? null : (double) median.toNanos() / 1e6);
        }
        return new NowSight(
                sample,
                Plot.line(rates),
                Plot.line(medians),
                Plot.bars(sample.asks().byAsks().stream().map(Long::doubleValue).toList()),
                parts(sample),
                parkedTooLong);
    }

    private static List<Part> parts(Sample sample) {
        Activity.Backlog backlog = sample.backlog();
        Instant last = backlog.lastEvent();
        boolean published = backlog.outboxOldest().compareTo(LONG_WAIT) < 0;
        return List.of(
                new Part("PostgreSQL", "up", "answered in " + Shown.brief(sample.database())),
                new Part(
                        "Kafka",
                        sample.lag() == null ? "down" : "up",
                        sample.lag() == null ? "does not answer; events wait at the ingress" : "answers"),
                new Part(
                        "webhook-ingress",
                        last == null ? "unknown" : "up",
                        last == null
                                ? "no event yet"
                                : "newest event " + Shown.brief(Duration.between(last, sample.at())) + " ago"),
                new Part(
                        "Relay to orders.events",
                        published ? "up" : "down",
                        backlog.outbox() == 0
                                ? "all is published"
                                : count(backlog.outbox()) + " wait, the oldest for "
                                        + Shown.brief(backlog.outboxOldest())),
                new Part(
                        "payment-gateway",
                        sample.providerIsAsked() ? "up" : "down",
                        sample.providerIsAsked()
                                ? "is asked when in doubt"
                                : "failed several times; left alone for some seconds"));
    }

    /** What waits for a person, and who is down; empty if all goes by itself. */
    public List<String> needs() {
        Activity.Backlog backlog = sample.backlog();
        List<String> needs = new ArrayList<>();
        if (backlog.reviews() > 0) {
            needs.add(count(backlog.reviews()) + (backlog.reviews() == 1 ? " order" : " orders") + " in review");
        }
        if (backlog.parked() > 0 && backlog.parkedOldest().compareTo(parkedTooLong) > 0) {
            needs.add("an event parked for " + Shown.brief(backlog.parkedOldest()));
        }
        if (backlog.letters() > 0) {
            needs.add(count(backlog.letters()) + (backlog.letters() == 1 ? " dead letter" : " dead letters"));
        }
        parts.stream().filter(part -> part.state().equals("down")).forEach(part -> needs.add(part.name() + " is down"));
        return needs;
    }

    /** Events per second, over the last ten seconds. */
    public String perSecond() {
        long events = sample.flow().slices().stream()
                .filter(slice -> slice.number() >= WatchActivity.SLICES - SLICES_OF_RATE)
                .mapToLong(Activity.Slice::events)
                .sum();
        double rate = (double) events / (SLICES_OF_RATE * SECONDS_PER_SLICE);
        return String.format(Locale.ENGLISH, rate < 10 ? "%,.1f" : "%,.0f", rate);
    }

    public String peakRate() {
        return String.format(Locale.ENGLISH, rate.peak() < 10 ? "%,.1f" : "%,.0f", rate.peak());
    }

    public String perOrder() {
        return String.format(Locale.ENGLISH, "%.2f", sample.asks().perOrder());
    }

    /** A number that goes no further than it was counted. */
    static String count(long counted) {
        return counted > WatchActivity.MOST_COUNTED
                ? "more than " + Shown.grouped(WatchActivity.MOST_COUNTED)
                : Shown.grouped(counted);
    }

    public String parked() {
        return count(sample.backlog().parked());
    }

    public String letters() {
        return count(sample.backlog().letters());
    }

    public String reviews() {
        return count(sample.backlog().reviews());
    }

    public String lag() {
        return sample.lag() == null ? "unknown" : Shown.grouped(sample.lag());
    }
}
