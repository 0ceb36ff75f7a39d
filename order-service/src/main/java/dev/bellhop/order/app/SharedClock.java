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
 * One clock for all instances: the host's, put right by the database's where they differ, in milliseconds as well. What one
 * instance takes for half a minute, or puts off, another takes no sooner.
 */
@Singleton
@Typed({Clock.class, SharedClock.class})
public final class SharedClock extends Clock {

    private static final Logger LOG = Logger.getLogger(SharedClock.class);

    /** Clocks that are kept in step differ by less. */
    private static final Duration BEARABLE = Duration.ofSeconds(1);

    private final InstantSource host;
    private final DatabaseClock database;
    private volatile Duration correction = Duration.ZERO;

    SharedClock(InstantSource host, DatabaseClock database) {
        this.host = host;
        this.database = database;
    }

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
            correction = Duration.between(host.instant(), told.truncatedTo(ChronoUnit.MILLIS));
            LOG.warnf("the host's clock is not the database's, and is put right durationMs=%d", correction.toMillis());
        }
    }

    @Override
    public Instant instant() {
        return host.instant().plus(correction);
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
