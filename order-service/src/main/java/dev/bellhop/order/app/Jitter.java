package dev.bellhop.order.app;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;

/** Lets what would happen at once happen one after the other. */
@Singleton
final class Jitter {

    private final SecureRandom random;

    Jitter(SecureRandom random) {
        this.random = random;
    }

    /** By up to a tenth. */
    Duration longer(Duration duration) {
        return duration.plusMillis((long) ((double) duration.toMillis() * 0.1 * random.nextDouble()));
    }
}
