package dev.bellhop.order.app;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Port: how long orders waited to be paid, and what it took to learn of it. */
public interface PaymentWaits {

    /** Of those among so many of the newest orders that were paid. */
    Uni<Summary> newest(int orders, List<Duration> intervals);

    /**
     * What it took, and what it would have taken.
     *
     * @param orders that were paid
     * @param median from placing to paid; null without orders
     * @param deliveries of webhooks about them
     * @param questions answered by the provider about them
     * @param push from the receipt of a webhook to the commit of its effect, the median; null if none was applied
     */
    record Summary(
            long orders,
            @Nullable Duration median,
            long deliveries,
            long questions,
            @Nullable Duration push,
            List<Polling> polling) {}

    /**
     * What a client would have done that asks again and again until it is told that the order is paid.
     *
     * @param calls for all these orders, at least one each
     * @param late how much later than it happened the client would have known, in the mean
     */
    record Polling(Duration every, long calls, Duration late) {}
}
