package dev.bellhop.order.console;

import dev.bellhop.order.app.TokenBucket;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** So many attempts to log in per address and instance. Guessing a key is hopeless anyway; this keeps it cheap for us. */
@Singleton
final class LoginLimit {

    /** Beyond it the address that came first is forgotten. */
    private static final int MOST_ADDRESSES = 10_000;

    private static final Duration PER_ATTEMPT = Duration.ofSeconds(3);

    private final ConsoleConfig config;
    private final Clock clock;
    /** By address, who came last at the end; guarded by this. */
    private final Map<String, TokenBucket> buckets = new LinkedHashMap<>();

    LoginLimit(ConsoleConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /** Takes an attempt; whether there was one left. */
    synchronized boolean take(String address) {
        TokenBucket known = buckets.remove(address);
        TokenBucket bucket = known == null ? new TokenBucket(PER_ATTEMPT, config.loginAttempts(), clock) : known;
        buckets.put(address, bucket);
        if (buckets.size() > MOST_ADDRESSES) {
            buckets.remove(buckets.keySet().iterator().next());
        }
        return bucket.take().isZero();
    }
}
