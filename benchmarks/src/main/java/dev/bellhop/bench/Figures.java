package dev.bellhop.bench;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What one load run showed.
 *
 * @param ratePerSecond answered requests per second of the measured time
 * @param p50Millis from the instant the request was due, not from when it could be sent (no coordinated omission)
 * @param answers how often each HTTP status came; 0 stands for a connection that failed
 */
record Figures(
        double ratePerSecond,
        double p50Millis,
        double p99Millis,
        double p999Millis,
        double maxMillis,
        Map<Integer, Long> answers) {

    static Figures of(Histogram nanos, Map<Integer, Long> answers, double seconds) {
        return new Figures(
                nanos.getTotalCount() / seconds,
                millis(nanos, 50),
                millis(nanos, 99),
                millis(nanos, 99.9),
                nanos.getMaxValue() / 1e6,
                new TreeMap<>(answers));
    }

    private static double millis(Histogram nanos, double percentile) {
        return nanos.getValueAtPercentile(percentile) / 1e6;
    }

    /** How many were answered with this status. */
    long count(int status) {
        return answers.getOrDefault(status, 0L);
    }

    /** How many were answered at all or failed. */
    long total() {
        return answers.values().stream().mapToLong(Long::longValue).sum();
    }
}
