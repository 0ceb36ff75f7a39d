package dev.bellhop.order.app;

import dev.bellhop.order.domain.OrderStatus;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Port: what is still to be asked of the provider, for operators. */
public interface Reconciliation {

    Uni<State> state(Instant now);

    /** Orders that will be asked about, the next one first. */
    Uni<List<Waiting>> waiting(int limit);

    /**
     * An order that will be asked about.
     *
     * @param refund whether a refund was asked for that nobody has reported yet
     * @param closing whether it has ended, and the provider has not confirmed yet that nobody can pay any more
     * @param asks how often it was asked about before
     */
    record Waiting(
            String orderId,
            OrderStatus status,
            boolean doubtful,
            boolean refund,
            boolean closing,
            int asks,
            Instant createdAt,
            Instant next) {}

    /**
     * How far reconciliation is.
     *
     * @param waiting orders that will be asked about
     * @param due those of them whose time has come
     * @param doubtful those of them whose events leave a doubt
     * @param questions how often the provider was asked about those that wait
     * @param next when the next question is due; null if none is to come
     */
    record State(long waiting, long due, long doubtful, long questions, @Nullable Instant next) {}
}
