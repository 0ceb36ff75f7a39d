package dev.bellhop.order.app;

import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.PaymentFact;
import dev.bellhop.order.telemetry.OrderMetrics;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Port: which orders the provider must be asked about, shared by all instances. */
public interface Questions {

    /**
     * Takes orders whose time has come, most urgent first, for this instance alone: nobody else gets them before
     * {@code until}. They are unpaid, or doubtful.
     */
    Uni<List<Question>> take(int most, Instant now, Instant until);

    /** Gives orders back unasked, to be taken from {@code next} on. */
    Uni<Void> postpone(List<Question> questions, Instant next);

    /**
     * One order to ask about.
     *
     * @param asks how often it was asked about before
     */
    record Question(String orderId, boolean doubtful, int asks, Instant createdAt) {}

    /**
     * What the provider said about one order.
     *
     * @param facts all that it knows
     * @param payments the names of all its payments, whatever became of them
     * @param reason why we asked
     */
    record Answer(
            Question question,
            List<PaymentFact> facts,
            List<String> payments,
            OrderMetrics.Reason reason,
            QuestionLog.Means means) {

        public Answer {
            facts = List.copyOf(facts);
            payments = List.copyOf(payments);
        }
    }

    /**
     * An order that was just asked about.
     *
     * @param order as it is now
     * @param moved whether the answer changed it
     * @param next when to ask again; null for never
     */
    record Asked(Order order, Answer answer, boolean moved, @Nullable Instant next) {}
}
