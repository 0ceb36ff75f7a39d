package dev.bellhop.order.app;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** Time and chance, which everything else is given. */
final class Surroundings {

    private Surroundings() {}

    /** The host's. In milliseconds, which the database keeps: a time is the same before and after it was stored. */
    @Produces
    @Singleton
    static InstantSource clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }

    @Produces
    @Singleton
    static Stopwatch stopwatch() {
        return System::nanoTime;
    }

    @Produces
    @Singleton
    static SecureRandom random() {
        return new SecureRandom();
    }
}
