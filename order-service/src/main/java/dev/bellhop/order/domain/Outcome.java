package dev.bellhop.order.domain;

import java.util.Locale;

/** What became of an event. A repeated event keeps its first outcome and is counted. */
public enum Outcome {
    /** It moved the order, or is part of why it stands where it stands. */
    APPLIED,
    /** Something that outweighs it is known already: a failure after a success, a fact told twice. */
    SUPERSEDED,
    /** Its order does not exist yet; it is applied in the transaction that creates it. */
    PARKED,
    /** The money does not fit the order: an operator decides. */
    CONFLICT,
    /** It can never be applied. */
    FAILED;

    /** The word on the wire and in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
