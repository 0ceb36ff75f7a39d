package dev.bellhop.order.app;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Lets so many things through a second, and a burst of them after a pause. A clock that goes back gives nothing away, and
 * holds nothing up. */
public final class TokenBucket {

    private final Duration perToken;
    private final int burst;
    private final Clock clock;
    /** Both guarded by this, for a few additions. */
    private double tokens;

    private Instant filledAt;

    /** A full one, into which a token comes after each {@code perToken}. */
    public TokenBucket(Duration perToken, int burst, Clock clock) {
        this.perToken = perToken;
        this.burst = burst;
        this.clock = clock;
        this.tokens = burst;
        this.filledAt = clock.instant();
    }

    /** A full one, into which so many tokens come per second. */
    public static TokenBucket perSecond(int tokens, int burst, Clock clock) {
        return new TokenBucket(Duration.ofSeconds(1).dividedBy(tokens), burst, clock);
    }

    /** Whether it is like new: nothing is lost with it. */
    public synchronized boolean isFull() {
        fill();
        return tokens >= burst;
    }

    /** Takes a token. Zero if there was one; else how long until there is. */
    public synchronized Duration take() {
        fill();
        if (tokens < 1) {
            return Duration.ofNanos((long) Math.ceil((1 - tokens) * (double) perToken.toNanos()));
        }
        tokens -= 1;
        return Duration.ZERO;
    }

    /** What came in since the last time. */
    private synchronized void fill() {
        Instant now = clock.instant();
        if (now.isAfter(filledAt)) {
            double gained = (double) Duration.between(filledAt, now).toNanos() / (double) perToken.toNanos();
            tokens = Math.min(burst, tokens + gained);
        }
        filledAt = now;
    }
}
