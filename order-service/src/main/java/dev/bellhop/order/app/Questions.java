package dev.bellhop.order.app;

import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.PaymentFact;
import dev.bellhop.order.telemetry.OrderMetrics;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Port: which orders the provider must be asked about, shared by all instances. */
public interface Questions {

    /** What a round has not come to by then it leaves for later. */
    Duration ROUND = Duration.ofSeconds(15);

    /** So long nobody else takes them: a round and the last call of it are over by then. If we die, they come back so. */
    Duration TAKEN = ROUND.multipliedBy(2);

    /**
     * Takes orders whose time has come, most urgent first, for this instance alone: nobody else gets them before
     * {@code until}. They are unpaid, or doubtful, or wait for a refund, or have ended while somebody could still pay.
     */
    Uni<List<Question>> take(int most, Instant now, Instant until);

    /**
     * A refund of {@code amount} minor units is asked for: the provider is asked about the order from {@code due} on, unless
     * events have told by then that it and those under way before it have gone back. One that is asked for twice counts
     * twice, within what was captured: that costs a question.
     */
    Uni<Void> expectRefund(String orderId, long amount, Instant due);

    /** Nobody can pay any more for an order that has ended, as was {@linkplain Orders#expectClosing expected} {@code since}. */
    Uni<Void> closed(String orderId, Instant since);

    /**
     * Gives orders back unasked, to be taken from {@code next} on. One to which something else to ask has come since stays due
     * at its own time.
     */
    Uni<Void> postpone(List<Question> questions, Instant next);

    /**
     * Gives an order back whose question settled nothing, like {@link #postpone}, and counts it if its time stood.
     *
     * @param unclosed the ids of all payments that the answer called open, if they could not be closed: it stands at the next
     *     try, unless something happens to the order. Empty if there is nothing to keep.
     */
    Uni<Void> inVain(Question question, List<String> unclosed, Instant next);

    /**
     * One order to ask about.
     *
     * @param refundExpected how much will have gone back once all refunds are done; null if none is on its way
     * @param closingSince when it ended, if somebody may still be able to pay; null if not
     * @param asks how often it was asked about before, and answered
     * @param unanswered how many questions in a row settled nothing
     * @param unclosed what was {@linkplain #inVain kept} of the last answer, and still stands
     * @param version of the order before the provider was asked
     * @param takenUntil when the order becomes due by itself; another time than this says that something else to ask came since
     */
    record Question(
            String orderId,
            boolean doubtful,
            @Nullable Long refundExpected,
            @Nullable Instant closingSince,
            int asks,
            int unanswered,
            List<String> unclosed,
            Instant createdAt,
            long version,
            Instant takenUntil) {

        public Question {
            unclosed = List.copyOf(unclosed);
        }

        /** Whether it is asked about only to learn if it was paid meanwhile. */
        boolean isUnpaid() {
            return !doubtful && refundExpected == null && closingSince == null;
        }

        /** Whether nobody asked about it before. */
        boolean isFirst() {
            return asks == 0 && unanswered == 0;
        }

        /** Whether nothing happened to the order since: the answer can know of all that we know. */
        boolean isAbout(Order order) {
            return order.version() == version;
        }
    }

    /**
     * What the provider said about one order.
     *
     * @param payments all its payments, whatever became of them
     * @param reason why we asked
     */
    record Answer(
            Question question,
            List<PaymentProvider.Known> payments,
            OrderMetrics.Reason reason,
            QuestionLog.Means means) {

        public Answer {
            payments = List.copyOf(payments);
        }

        List<PaymentFact> facts() {
            return payments.stream()
                    .flatMap(payment -> payment.facts().stream())
                    .toList();
        }

        /** The ids of those that somebody could still pay; none if one is paid: that must be told with the rest. */
        List<String> openPayments() {
            return isPaid()
                    ? List.of()
                    : payments.stream()
                            .filter(PaymentProvider.Known::isOpen)
                            .map(PaymentProvider.Known::paymentId)
                            .toList();
        }

        boolean isPaid() {
            return facts().stream().anyMatch(fact -> fact.kind() == PaymentFact.Kind.CAPTURED);
        }

        boolean names(String paymentId) {
            return payments.stream().anyMatch(payment -> payment.paymentId().equals(paymentId));
        }

        boolean isRefundUnderway() {
            return payments.stream().anyMatch(PaymentProvider.Known::isRefundUnderway);
        }
    }

    /**
     * An order that was just asked about.
     *
     * @param order as it is now
     * @param moved whether the answer changed it
     * @param settled whether the answer settles the doubt that made us ask
     * @param next when to ask again; null for never
     */
    record Asked(Order order, Answer answer, boolean moved, boolean settled, @Nullable Instant next) {}
}
