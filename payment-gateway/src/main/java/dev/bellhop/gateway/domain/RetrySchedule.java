package dev.bellhop.gateway.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a failed delivery is tried again. The jitter is drawn from the event and the attempt, not from a dice: retries of
 * many events spread out, and the same event is retried at the same moments in every run.
 *
 * @param delays before the first attempt, the second, and so on; as many attempts as delays
 * @param jitter how far a delay may be off, as a share of it; 0.2 is 20 percent either way
 */
public record RetrySchedule(List<Duration> delays, double jitter) {

    public RetrySchedule {
        delays = List.copyOf(delays);
        if (delays.isEmpty() || delays.stream().anyMatch(Duration::isNegative)) {
            throw new IllegalArgumentException("a schedule has delays, and none is negative");
        }
        if (jitter < 0 || jitter >= 1) {
            throw new IllegalArgumentException("jitter is a share of the delay");
        }
    }

    /**
     * When to try again after {@code attempt} attempts have failed; null if that was the last one.
     *
     * @param retryAfter what the receiver asked for; never tried earlier than that
     */
    public @Nullable Instant next(String eventId, int attempt, Instant now, @Nullable Duration retryAfter) {
        if (attempt >= delays.size()) {
            return null;
        }
        double share = 1 - jitter + 2 * jitter * Dice.roll(eventId, "retry", String.valueOf(attempt));
        Duration delay = Duration.ofMillis(Math.round(delays.get(attempt).toMillis() * share));
        if (retryAfter != null && retryAfter.compareTo(delay) > 0) {
            return now.plus(retryAfter);
        }
        return now.plus(delay);
    }
}
