package dev.bellhop.ingress.app;

import dev.bellhop.ingress.domain.VerifiedEvent;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Where verified events go. */
public interface PublishedEvents {

    /**
     * Completes once every event is stored durably, in order per key; within two seconds it completes or fails.
     * Fails with {@link BrokerUnavailable} if that is not certain, and with {@link EventTooLarge} if it never will be; some
     * may be stored nevertheless.
     */
    Uni<Void> publish(List<VerifiedEvent> events);
}
