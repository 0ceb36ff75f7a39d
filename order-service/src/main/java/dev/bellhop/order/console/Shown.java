package dev.bellhop.order.console;

import dev.bellhop.order.app.InboxLog;
import dev.bellhop.order.app.QuestionLog;
import dev.bellhop.order.app.Reconciliation;
import dev.bellhop.order.domain.Money;
import dev.bellhop.order.domain.OrderId;
import io.quarkus.qute.TemplateExtension;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.Locale;

/** How templates show values. */
@TemplateExtension
final class Shown {

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("d MMM uuuu HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern(
                    "d MMM uuuu HH:mm:ss.SSS 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private Shown() {}

    /** To the second. */
    static String brief(Instant at) {
        return SECOND.format(at);
    }

    /** To the millisecond, with the year. */
    static String exact(Instant at) {
        return EXACT.format(at);
    }

    /** The time of day. */
    static String clock(Instant at) {
        return CLOCK.format(at);
    }

    /** In major units, as people write it: with its currency's decimals, and the other digits in groups. */
    static String shown(Money money) {
        return amount(money.amount(), money.currency());
    }

    static String amount(long minor, String currency) {
        int digits = 2;
        try {
            digits = Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
        } catch (IllegalArgumentException e) {
            // A code that this JDK does not know: two digits, as most have.
        }
        return String.format(Locale.ENGLISH, "%,." + digits + "f %s", BigDecimal.valueOf(minor, digits), currency);
    }

    static String link(InboxLog.Replay replay) {
        return Links.event(replay.event());
    }

    static String link(Reconciliation.Waiting order) {
        return Links.order(order.orderId());
    }

    static String link(QuestionLog.Answered answer) {
        return Links.order(answer.orderId());
    }

    static String link(OrderId id) {
        return Links.order(id.value());
    }

    /** The two largest units. */
    static String brief(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", (double) millis / 1000);
        }
        if (millis < 3_600_000) {
            return both(duration.toMinutes(), "min", duration.toSecondsPart(), "s");
        }
        return duration.toHours() < 48
                ? both(duration.toHours(), "h", duration.toMinutesPart(), "min")
                : duration.toDays() + " days";
    }

    private static String both(long large, String unit, long small, String part) {
        return large + " " + unit + (small == 0 ? "" : " " + small + " " + part);
    }

    /** A constant as a word. */
    static String named(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** With the digits in groups. */
    static String grouped(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }
}
