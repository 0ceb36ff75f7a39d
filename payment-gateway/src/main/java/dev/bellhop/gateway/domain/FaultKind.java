package dev.bellhop.gateway.domain;

import java.util.Arrays;
import java.util.Locale;

/** What can go wrong on purpose. */
public enum FaultKind {
    /** The same event is delivered several times, one after the other or at the same instant. */
    DUPLICATE(Place.EVENT),
    /** The event is delivered later; the order of its payment's events is kept. */
    DELAY(Place.EVENT),
    /** The event is kept back until a later event of its payment has overtaken it, or for a time. */
    REORDER(Place.EVENT),
    /** The event is never delivered. Only a status query tells the truth. */
    DROP(Place.EVENT),
    /** The signature is that of other bytes. */
    BAD_SIGNATURE(Place.ATTEMPT),
    /** Signed with a secret that the merchant does not know. */
    WRONG_KEY(Place.ATTEMPT),
    /** No signature at all. */
    NO_SIGNATURE(Place.ATTEMPT),
    /** Properly signed, but dated in the past. */
    STALE_TIMESTAMP(Place.ATTEMPT),
    /** Properly signed, but dated in the future. */
    FUTURE_TIMESTAMP(Place.ATTEMPT),
    /** The body is changed after it was signed. */
    BODY_CHANGED(Place.ATTEMPT),
    /** The connection ends in the middle of the body. */
    TRUNCATED_BODY(Place.ATTEMPT),
    /** The body is said to be something else than JSON. */
    WRONG_CONTENT_TYPE(Place.ATTEMPT),
    /** The body is far larger than any webhook should be. Properly signed. */
    OVERSIZED(Place.ATTEMPT),
    /** The amount is one minor unit too high. Properly signed: the provider itself is wrong. */
    AMOUNT_CHANGED(Place.ATTEMPT),
    /** The currency is another one. Properly signed. */
    CURRENCY_CHANGED(Place.ATTEMPT),
    /** The order is one that nobody knows. Properly signed. */
    UNKNOWN_ORDER(Place.ATTEMPT),
    /** The body comes drop by drop. */
    SLOW_SENDING(Place.ATTEMPT),
    /** The connection is reset before the answer. */
    CONNECTION_RESET(Place.ATTEMPT),
    /** The API answers late, before it does anything. */
    LATENCY(Place.CALL),
    /** The API fails without doing anything. */
    ERROR(Place.CALL),
    /** The API answers 503 in a window of time after the plan came into force. */
    OUTAGE(Place.CALL),
    /** The API answers 429. */
    TOO_MANY_REQUESTS(Place.CALL),
    /** The API does what it was asked and hangs up without an answer. */
    RESPONSE_LOST(Place.CALL),
    /** The API does what it was asked and answers late, so that the webhook comes first. */
    LATE_ANSWER(Place.CALL),
    /** A status query answers with the state before the last change, for a time. */
    STALE_STATUS(Place.CALL);

    private final Place place;

    FaultKind(Place place) {
        this.place = place;
    }

    public Place place() {
        return place;
    }

    /** The name in a plan. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static FaultKind of(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no fault " + word + "; there are "
                        + Arrays.stream(values()).map(FaultKind::word).toList()));
    }

    /** Where a fault happens. */
    public enum Place {
        /** To an event, when its deliveries are made. */
        EVENT,
        /** To the attempts of a delivery. */
        ATTEMPT,
        /** To a call of the API. */
        CALL
    }
}
