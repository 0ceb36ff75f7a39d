package dev.bellhop.order.app;

import io.smallrye.mutiny.Uni;

/** Port: the way back to the topic of payments. */
public interface Redriven {

    /** Sends the record of a letter again, as it was; done when the broker has it. */
    Uni<Void> send(DeadLetterLog.Letter letter);
}
