package dev.bellhop.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.gateway.domain.Truth.PaymentTruth;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TruthTest {

    private static PaymentTruth payment(PaymentStatus status, long paid, long refunded) {
        return new PaymentTruth("pay", status, 100, "USD", paid, refunded);
    }

    private static String stateOf(PaymentTruth... payments) {
        return new Truth("12345", Arrays.asList(payments), List.of(), 0).finalState();
    }

    @Test
    void the_final_state_follows_the_money() {
        PaymentTruth paid = payment(PaymentStatus.PAID, 100, 0);
        PaymentTruth failed = payment(PaymentStatus.FAILED, 0, 0);
        PaymentTruth refunded = payment(PaymentStatus.REFUNDED, 100, 100);
        assertThat(stateOf(payment(PaymentStatus.PENDING, 0, 0))).isEqualTo("Pending");
        assertThat(stateOf(failed)).isEqualTo("PaymentFailed");
        assertThat(stateOf(payment(PaymentStatus.CANCELLED, 0, 0))).isEqualTo("PaymentFailed");
        assertThat(stateOf(failed, paid)).isEqualTo("Paid");
        assertThat(stateOf(paid, failed)).isEqualTo("Paid");
        assertThat(stateOf(payment(PaymentStatus.PARTIALLY_REFUNDED, 100, 40))).isEqualTo("PartiallyRefunded");
        assertThat(stateOf(refunded)).isEqualTo("Refunded");
        assertThat(stateOf(paid, paid)).isEqualTo("NeedsReview");
    }
}
