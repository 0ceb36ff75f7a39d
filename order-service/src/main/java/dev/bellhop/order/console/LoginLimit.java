package dev.bellhop.order.console;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** So many attempts to log in per address and instance. Guessing a key is hopeless anyway; this keeps it cheap for us. */
@Singleton
final class LoginLimit {

    /** Beyond it the address that came first is forgotten. */
    private static final int MOST_ADDRESSES = 10_000;

    private static final long MILLIS_PER_ATTEMPT = 3_000;

    private final ConsoleConfig config;
    private final Clock clock;
    /** When an address will have all its attempts back; guarded by this. */
    private final Map<String, Long> restored = new LinkedHashMap<>();

    LoginLimit(ConsoleConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /** Takes an attempt; whether there was one left. */
    synchronized boolean take(String address) {
        long now = clock.millis();
        long next = Math.max(now, restored.getOrDefault(address, now)) + MILLIS_PER_ATTEMPT;
        if (next - now > MILLIS_PER_ATTEMPT * config.loginAttempts()) {
            return false;
        }
        restored.remove(address);
        restored.put(address, next);
        if (restored.size() > MOST_ADDRESSES) {
            restored.remove(restored.keySet().iterator().next());
        }
        return true;
    }
}
