package dev.bellhop.ingress.domain;

/** So many a second on average, and one second's worth at once. */
public final class TokenBucket {

    private static final double NANOS = 1e9;

    private final double perSecond;
    private double tokens;
    private long last;

    public TokenBucket(int perSecond, long nowNanos) {
        if (perSecond <= 0) {
            throw new IllegalArgumentException("a rate must be more than nothing");
        }
        this.perSecond = perSecond;
        this.tokens = perSecond;
        this.last = nowNanos;
    }

    /** Whether there is a token now; if so, it is taken. */
    public synchronized boolean take(long nowNanos) {
        tokens = Math.min(perSecond, tokens + Math.max(0, nowNanos - last) / NANOS * perSecond);
        last = nowNanos;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
