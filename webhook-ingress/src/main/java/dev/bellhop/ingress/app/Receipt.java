package dev.bellhop.ingress.app;

import dev.bellhop.ingress.domain.Event;
import dev.bellhop.ingress.domain.Reason;
import dev.bellhop.ingress.domain.Reply;
import java.util.List;

/** Our answer to a delivery. */
public sealed interface Receipt {

    /** Stored durably. */
    record Accepted(List<Event> events) implements Receipt {}

    /** No event, but a question, and this is what the provider wants to hear. */
    record Answered(Reply reply) implements Receipt {}

    /** Not taken. */
    record Refused(Reason reason) implements Receipt {}
}
