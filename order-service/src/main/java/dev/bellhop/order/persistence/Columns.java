package dev.bellhop.order.persistence;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Many rows as one statement's parameters: an array for each column. */
final class Columns {

    private Columns() {}

    static <T> String[] texts(List<T> rows, Function<T, @Nullable String> column) {
        String[] values = new String[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(rows.get(i));
        }
        return values;
    }

    static <T> Long[] numbers(List<T> rows, Function<T, @Nullable Long> column) {
        return rows.stream().map(column).toArray(Long[]::new);
    }

    static <T> OffsetDateTime[] times(List<T> rows, Function<T, Instant> column) {
        return rows.stream().map(column.andThen(Columns::at)).toArray(OffsetDateTime[]::new);
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** What PostgreSQL says in seconds; a clock that went back says nothing less than zero. */
    static Duration elapsed(double seconds) {
        return Duration.ofNanos((long) (Math.max(0, seconds) * 1e9));
    }

    static @Nullable Duration elapsedIfSaid(@Nullable Double seconds) {
        return seconds == null ? null : elapsed(seconds);
    }
}
