package dev.bellhop.gateway.app;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The simulator's time: real time moved by an offset, or standing still. Whole milliseconds, as it goes over the wire. */
@Singleton
public final class SimulatorClock extends Clock {

    /** Where it stops: RFC 3339, and so every answer, has four digits for a year. */
    public static final Instant END = Instant.parse("9999-12-31T23:59:59.999Z");

    private final Clock real = Clock.systemUTC();
    private volatile Setting setting = new Setting(Duration.ZERO, null);

    @Override
    public Instant instant() {
        Setting current = setting;
        Instant now = current.frozenAt() == null ? real.instant().plus(current.offset()) : current.frozenAt();
        return bounded(now).truncatedTo(ChronoUnit.MILLIS);
    }

    /** The moment, or the {@link #END}. */
    public static Instant bounded(Instant moment) {
        return moment.isAfter(END) ? END : moment;
    }

    /** How the clock must be set to show {@code now} at this moment. */
    Setting showing(Instant now, boolean frozen) {
        return new Setting(Duration.between(real.instant(), now), frozen ? now : null);
    }

    void set(Setting to) {
        setting = to;
    }

    boolean frozen() {
        return setting.frozenAt() != null;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("the simulator lives in UTC");
    }

    /**
     * What makes the simulator's time.
     *
     * @param offset from real time
     * @param frozenAt where the time stands still; null while it runs
     */
    public record Setting(Duration offset, @Nullable Instant frozenAt) {}
}
