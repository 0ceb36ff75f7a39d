package dev.bellhop.gateway.persistence;

import dev.bellhop.gateway.app.SimulatorClock;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Instants as the database client wants them; what would be after the simulator's time is at its end. */
final class Times {

    private Times() {}

    static OffsetDateTime of(Instant instant) {
        return SimulatorClock.bounded(instant).atOffset(ZoneOffset.UTC);
    }

    static @Nullable OffsetDateTime nullable(@Nullable Instant instant) {
        return instant == null ? null : of(instant);
    }

    static Instant in(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    static @Nullable Instant nullableIn(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
