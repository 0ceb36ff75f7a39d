package dev.bellhop.ingress.app;

import dev.bellhop.ingress.domain.Reason;

/** Our answer to a delivery. */
public sealed interface Receipt {

    /** Stored durably. */
    record Accepted(int events) implements Receipt {}

    /** Not taken. */
    record Refused(Reason reason) implements Receipt {}
}
