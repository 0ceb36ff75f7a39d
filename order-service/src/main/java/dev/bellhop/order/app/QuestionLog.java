package dev.bellhop.order.app;

import dev.bellhop.order.domain.OrderStatus;
import dev.bellhop.order.telemetry.OrderMetrics.Reason;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Port: what the provider was asked and answered, for operators. Questions without an answer are counted by metrics only. */
public interface QuestionLog {

    /** About one order, oldest first. */
    Uni<List<Answered>> of(String orderId);

    /** The newest, before the numbered one. */
    Uni<List<Answered>> newest(@Nullable Long before, int limit);

    /** How often and why, among so many of the newest. */
    Uni<List<Count>> counts(int newest);

    /** How the provider was asked. */
    enum Means {
        /** One call about this order. */
        ALONE,
        /** One call about many orders. */
        IN_A_LIST
    }

    /**
     * One answer.
     *
     * @param number grows
     * @param payments how many payments of the order the provider knows
     * @param status where the order stood afterwards
     * @param moved whether the answer changed that
     */
    record Answered(
            long number,
            String orderId,
            Instant at,
            Reason reason,
            Means means,
            int payments,
            OrderStatus status,
            boolean moved) {}

    /** Answers of one kind. */
    record Count(Reason reason, Means means, long answers, long moved) {}
}
