package dev.bellhop.gateway.app;

import dev.bellhop.gateway.domain.Payment;
import dev.bellhop.gateway.domain.PaymentStatus;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Port: payments as they are, for reading. */
public interface Payments {

    /** Fails with {@link NotFound}. */
    Uni<Payment> find(String paymentId);

    /** At most {@code limit} payments in the order of their last change, oldest first. */
    Uni<List<Payment>> list(Filter filter, int limit);

    /**
     * Which payments.
     *
     * @param owner whose; null for everybody's
     * @param statuses empty for any
     * @param updatedSince changed at this moment or later
     * @param after the place in the list after which to go on
     */
    record Filter(
            @Nullable String owner,
            @Nullable String orderId,
            Set<PaymentStatus> statuses,
            @Nullable Instant updatedSince,
            @Nullable Place after) {}

    /** The place of a payment in the list. */
    record Place(Instant updatedAt, String paymentId) {}
}
