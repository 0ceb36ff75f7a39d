package dev.bellhop.gateway.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One try to pay.
 *
 * @param card the last four digits
 * @param failureCode why it was declined; null if it was not
 */
public record CardAttempt(int number, String card, CardAnswer answer, @Nullable String failureCode, Instant at) {

    /** What the card's bank said. */
    public enum CardAnswer {
        APPROVED,
        DECLINED,
        PENDING
    }
}
