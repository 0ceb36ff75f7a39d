package dev.bellhop.order.app;

import dev.bellhop.order.domain.ReceivedEvent;
import java.util.Optional;

/** Port: reads an event again from the bytes that were kept, by today's rules. */
public interface StoredEvents {

    /** Empty if it can't be understood. */
    Optional<ReceivedEvent> read(InboxLog.Entry entry);
}
