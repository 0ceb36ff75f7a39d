package dev.bellhop.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PaymentTest {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    @Test
    void whatever_is_refunded_in_whatever_order_never_exceeds_what_was_captured() {
        for (int seed = 0; seed < 500; seed++) {
            // Given
            Random random = new Random(seed);
            TestCard card = TestCard.ALL.get(random.nextInt(TestCard.ALL.size()));
            Payment payment = settled(
                    payment(1 + random.nextInt(1_000)).confirm(card, NOON).payment());

            // When
            for (int i = 0; i < 20; i++) {
                payment = tryRefund(payment, "ref_" + i, 1 + random.nextInt(400));
                payment = random.nextBoolean() ? settled(payment) : payment;
            }

            // Then
            long pendingOrDone = payment.refunds().stream()
                    .filter(refund -> refund.status() != RefundStatus.FAILED)
                    .mapToLong(Refund::amount)
                    .sum();
            assertThat(pendingOrDone).as("seed %d", seed).isLessThanOrEqualTo(payment.captured());
        }
    }

    @Test
    void a_pending_refund_reserves_its_amount() {
        // Given
        Payment paid =
                payment(100).confirm(TestCard.of("4000000000007726"), NOON).payment();
        Payment asked = paid.refund("ref_1", 80L, NOON).payment();

        // When
        MoveRefused refused = catchThrowableOfType(MoveRefused.class, () -> asked.refund("ref_2", 30L, NOON));
        Payment.Change later = asked.settle(NOON.plus(Duration.ofMinutes(5)));

        // Then
        assertThat(refused.refusal()).isEqualTo(Refusal.TOO_MUCH);
        assertThat(later.payment().refunded()).isEqualTo(80);
        assertThat(later.happenings())
                .containsExactly(
                        new Payment.Happening(EventType.REFUND_SUCCESS, 80, PaymentStatus.PARTIALLY_REFUNDED, "ref_1"));
    }

    @Test
    void a_failed_refund_may_be_asked_for_again() {
        // Given
        Payment paid =
                payment(100).confirm(TestCard.of("4000000000005126"), NOON).payment();

        // When
        Payment.Change failed = paid.refund("ref_1", null, NOON);

        // Then
        assertThat(failed.payment().status()).isEqualTo(PaymentStatus.PAID);
        assertThat(failed.payment().refundable()).isEqualTo(100);
        assertThat(failed.happenings().get(0).type()).isEqualTo(EventType.REFUND_FAILED);
    }

    @Test
    void a_card_that_is_declined_three_times_succeeds_the_fourth_time() {
        // Given
        TestCard card = TestCard.of("4000 0000 0000 0358");
        Payment payment = payment(100);

        // When
        for (int i = 0; i < 3; i++) {
            payment = payment.confirm(card, NOON).payment();
            assertThat(payment.status()).isEqualTo(PaymentStatus.FAILED);
        }
        payment = payment.confirm(card, NOON).payment();

        // Then
        assertThat(payment.status()).isEqualTo(PaymentStatus.PAID);
        assertThat(payment.attempts()).hasSize(4);
    }

    static java.util.List<TestCard> cards() {
        return TestCard.ALL;
    }

    @ParameterizedTest
    @MethodSource("cards")
    void a_magic_amount_acts_like_its_card(TestCard card) {
        assertThat(TestCard.forAmount(card.magicAmount())).isEqualTo(card);
        assertThat(TestCard.of(card.number())).isEqualTo(card);
        assertThat(luhn(card.number()) || card.magicAmount() > 900_000_000).isTrue();
    }

    private static boolean luhn(String number) {
        int sum = 0;
        for (int i = 0; i < number.length(); i++) {
            int digit = number.charAt(number.length() - 1 - i) - '0';
            int weighed = i % 2 == 0 ? digit : digit * 2;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }
        return sum % 10 == 0;
    }

    private static Payment payment(long amount) {
        return Payment.create(
                "pay_1", "alice", "12345", amount, "USD", CaptureMode.AUTOMATIC, NOON, NOON.plus(Duration.ofDays(1)));
    }

    private static Payment settled(Payment payment) {
        return payment.settleAt() == null
                ? payment
                : payment.settle(NOON.plus(Duration.ofHours(1))).payment();
    }

    private static Payment tryRefund(Payment payment, String id, long amount) {
        try {
            return payment.refund(id, amount, NOON).payment();
        } catch (MoveRefused refused) {
            return payment;
        }
    }
}
