package dev.bellhop.gateway.domain;

import java.time.Duration;
import java.util.Map;

/**
 * A fault and how bad it is. Each kind uses the numbers that it needs.
 *
 * @param times how many deliveries a duplicate makes
 * @param together whether they go at the same instant
 * @param by how late, how stale, how slow
 * @param status the status of an error
 * @param size the size of an oversized body in bytes
 * @param attempts how many attempts of a delivery carry it; later ones are sound
 * @param from when an outage starts, after the plan came into force
 * @param until when it ends
 */
public record Fault(
        FaultKind kind,
        int times,
        boolean together,
        Duration by,
        int status,
        int size,
        int attempts,
        Duration from,
        Duration until) {

    private static final int LARGEST = 64 * 1024 * 1024;

    public Fault {
        require(times >= 2 && times <= 100, "times is from 2 to 100");
        require(!by.isNegative() && by.compareTo(Duration.ofDays(30)) <= 0, "by is from PT0S to P30D");
        require(status >= 400 && status <= 599, "status is from 400 to 599");
        require(size >= 1 && size <= LARGEST, "size is from 1 to " + LARGEST);
        require(attempts >= 1, "attempts is at least 1");
        require(!from.isNegative() && until.compareTo(from) > 0, "until is later than from");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** The fault that a JSON object describes. */
    public static Fault of(Map<String, Object> json) {
        return parse(Fields.of("", json));
    }

    static Fault parse(Fields fields) {
        FaultKind kind = FaultKind.of(fields.text("do"));
        return new Fault(
                kind,
                fields.number("times", 2),
                fields.flag("together"),
                fields.duration("by", usually(kind)),
                fields.number("status", 500),
                fields.number("size", 2 * 1024 * 1024),
                fields.number("attempts", 1),
                fields.duration("from", Duration.ZERO),
                fields.duration("until", Duration.ofDays(3650)));
    }

    private static Duration usually(FaultKind kind) {
        return switch (kind) {
            case STALE_TIMESTAMP, FUTURE_TIMESTAMP -> Duration.ofHours(1);
            case REORDER, STALE_STATUS -> Duration.ofSeconds(30);
            case DELAY -> Duration.ofSeconds(10);
            case SLOW_SENDING, TOO_MANY_REQUESTS -> Duration.ofSeconds(2);
            case DUPLICATE,
                    DROP,
                    BAD_SIGNATURE,
                    WRONG_KEY,
                    NO_SIGNATURE,
                    BODY_CHANGED,
                    TRUNCATED_BODY,
                    WRONG_CONTENT_TYPE,
                    OVERSIZED,
                    AMOUNT_CHANGED,
                    CURRENCY_CHANGED,
                    UNKNOWN_ORDER,
                    CONNECTION_RESET,
                    LATENCY,
                    ERROR,
                    OUTAGE,
                    RESPONSE_LOST,
                    LATE_ANSWER -> Duration.ofMillis(500);
        };
    }
}
