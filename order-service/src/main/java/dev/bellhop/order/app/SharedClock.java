package dev.bellhop.order.app;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jboss.logging.Logger;

/**
 * One clock for all instances, in milliseconds: the database's as it was told last, and the time since; the host's before that.
 * What one instance takes for half a minute, or puts off, another takes no sooner. A step of the host's clock changes nothing.
 */
@Singleton
@Typed({Clock.class, SharedClock.class})
public final class SharedClock extends Clock {

    private static final Logger LOG = Logger.getLogger(SharedClock.class);

    /** Clocks that are kept in step differ by less. */
    private static final Duration BEARABLE = Duration.ofSeconds(1);

    private final Stopwatch stopwatch;
    private final DatabaseClock database;
    private volatile Reading last;

    SharedClock(InstantSource host, Stopwatch stopwatch, DatabaseClock database) {
        this.stopwatch = stopwatch;
        this.database = database;
        this.last = new Reading(host.instant(), stopwatch.nanos());
    }

    private record Reading(Instant time, long nanos) {}

    /** Asks the database for its time, and goes by it from now on. */
    public Uni<Void> agree() {
        return Uni.createFrom().deferred(() -> {
            Instant asked = instant();
            return database.now()
                    .invoke(told -> compare(asked, told, instant()))
                    .replaceWithVoid();
        });
    }

    /** How long the answer took is no difference. */
    private void compare(Instant asked, Instant told, Instant answered) {
        if (told.isBefore(asked.minus(BEARABLE)) || told.isAfter(answered.plus(BEARABLE))) {
            LOG.warnf(
                    "the host's clock is not the database's, and is put right durationMs=%d",
                    Duration.between(answered, told).toMillis());
            last = new Reading(told, stopwatch.nanos());
        }
    }

    @Override
    public Instant instant() {
        Reading from = last;
        return from.time().plusNanos(stopwatch.nanos() - from.nanos()).truncatedTo(ChronoUnit.MILLIS);
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
