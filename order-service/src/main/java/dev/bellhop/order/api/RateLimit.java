package dev.bellhop.order.api;

import dev.bellhop.order.app.TokenBucket;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.inject.Singleton;
import jakarta.validation.constraints.Min;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A token bucket per API key, or owner of access tokens, and instance: so many requests a second, and a burst. */
@Singleton
final class RateLimit {

    /** There may be more owners of access tokens than anybody wants to remember. */
    private static final int MOST_BUCKETS = 10_000;

    private final Settings settings;
    private final Clock clock;
    private final Map<String, TokenBucket> buckets = new ConcurrentHashMap<>();

    RateLimit(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Settings. */
    @ConfigMapping(prefix = "orders.rate-limit")
    interface Settings {

        /**
         * Requests per second and key, at each instance. The default is what a busy instance of two cores can serve: it
         * stops one client that has gone wild from taking everything; lower it to keep clients apart.
         */
        @WithDefault("10000")
        @Min(1)
        int perSecond();

        /** How many may come at once after a pause. */
        @WithDefault("20000")
        @Min(1)
        int burst();
    }

    /** Takes one; fails with {@link Exhausted} if none is left. Only keys that exist, and owners who called, have a bucket. */
    void take(String keyId) {
        if (buckets.size() >= MOST_BUCKETS && !buckets.containsKey(keyId)) {
            makeRoom();
        }
        Duration wait = buckets.computeIfAbsent(
                        keyId, id -> TokenBucket.perSecond(settings.perSecond(), settings.burst(), clock))
                .take();
        if (!wait.isZero()) {
            throw new Exhausted(wait);
        }
    }

    /** Forgets who paused, which changes nothing for them; and everybody, rather than doing this for every call. */
    private void makeRoom() {
        buckets.values().removeIf(TokenBucket::isFull);
        if (buckets.size() > MOST_BUCKETS / 2) {
            buckets.clear();
        }
    }

    /** How many are remembered. */
    int size() {
        return buckets.size();
    }

    /** The key called too often. */
    static final class Exhausted extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final Duration retryAfter;

        Exhausted(Duration retryAfter) {
            super("this key calls too often");
            this.retryAfter = retryAfter;
        }

        /** Whole seconds, at least one. */
        long retryAfterSeconds() {
            return Math.max(1, (retryAfter.toMillis() + 999) / 1000);
        }
    }
}
