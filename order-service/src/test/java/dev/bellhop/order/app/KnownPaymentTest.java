package dev.bellhop.order.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.order.domain.PaymentFact;
import dev.bellhop.order.domain.PaymentFact.Kind;
import dev.bellhop.order.domain.PaymentFact.Origin;
import dev.bellhop.order.domain.PaymentFact.Ruling;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownPaymentTest {

    private static final Refund REFUND = new Refund("pay_1", 300, "again");

    /** Or it would be asked for again, and the money go back twice. */
    @Test
    void a_refund_is_unheard_of_though_an_earlier_one_was_told_of_twice_once_without_its_name() {
        // Given
        PaymentProvider.Known payment = known("ref_1", "ref_2");
        List<PaymentFact> heard = List.of(told(Origin.WEBHOOK, PaymentFact.unnamedRefund("evt_1")), asked("ref_1"));

        // When
        boolean givingBack = payment.isGivingBack(REFUND, heard);

        // Then
        assertThat(givingBack).isTrue();
    }

    @Test
    void a_refund_is_heard_of_if_there_are_as_many_without_a_name_as_others() {
        // Given
        PaymentProvider.Known payment = known("ref_1", "ref_2");
        List<PaymentFact> heard = List.of(
                told(Origin.WEBHOOK, PaymentFact.unnamedRefund("evt_1")),
                told(Origin.WEBHOOK, PaymentFact.unnamedRefund("evt_2")),
                asked("ref_1"));

        // When
        boolean givingBack = payment.isGivingBack(REFUND, heard);

        // Then
        assertThat(givingBack).isFalse();
    }

    private static PaymentProvider.Known known(String... refunds) {
        return new PaymentProvider.Known(
                "12345",
                "pay_1",
                List.of(refunds).stream().map(KnownPaymentTest::asked).toList(),
                List.of());
    }

    private static PaymentFact asked(String refundId) {
        return told(Origin.PROVIDER, refundId);
    }

    private static PaymentFact told(Origin origin, String refundId) {
        return new PaymentFact(Kind.REFUNDED, origin, "pay_1", refundId, 300L, "USD", Ruling.NONE);
    }
}
