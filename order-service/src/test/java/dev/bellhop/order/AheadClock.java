package dev.bellhop.order;

import dev.bellhop.order.app.Stopwatch;
import io.quarkus.test.Mock;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The service's clock in tests: it goes on by itself, and jumps ahead if a test has no time to wait. */
@Mock
@Singleton
class AheadClock extends Clock implements Stopwatch {

    private final Clock real = Clock.tickMillis(ZoneOffset.UTC);
    private volatile Duration ahead = Duration.ZERO;

    void jump(Duration time) {
        ahead = ahead.plus(time);
    }

    @Override
    public Instant instant() {
        return real.instant().plus(ahead);
    }

    @Override
    public long nanos() {
        return System.nanoTime() + ahead.toNanos();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
