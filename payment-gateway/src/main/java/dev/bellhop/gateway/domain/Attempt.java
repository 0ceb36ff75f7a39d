package dev.bellhop.gateway.domain;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP try of a delivery and what follows from it.
 *
 * @param url where it went; the endpoint may have moved meanwhile
 * @param status what the receiver answered; null if it did not
 * @param answer the first bytes of its answer, as text
 * @param error why there was no answer
 * @param nextAt when it is tried again; only after {@link Outcome#RETRY}
 * @param faults what was wrong with it on purpose
 */
public record Attempt(
        long deliveryId,
        String endpointId,
        URI url,
        int number,
        Instant startedAt,
        Duration duration,
        @Nullable Integer status,
        @Nullable String answer,
        @Nullable String error,
        Outcome outcome,
        @Nullable Instant nextAt,
        List<FaultKind> faults) {

    public Attempt {
        faults = List.copyOf(faults);
    }

    /** What follows from an attempt. */
    public enum Outcome {
        /** 2xx: done. */
        DELIVERED,
        /** It is tried again. */
        RETRY,
        /** It failed, and no attempt is left. */
        EXHAUSTED,
        /** 410: the endpoint wants no more webhooks. */
        GONE
    }
}
