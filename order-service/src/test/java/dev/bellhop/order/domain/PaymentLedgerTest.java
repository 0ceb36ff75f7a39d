package dev.bellhop.order.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.order.domain.PaymentFact.Kind;
import dev.bellhop.order.domain.PaymentFact.Origin;
import dev.bellhop.order.domain.PaymentFact.Ruling;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

class PaymentLedgerTest {

    private static final Money TOTAL = new Money(999, "USD");

    @Property
    void any_order_and_any_repetition_of_the_same_facts_amount_to_the_same(
            @ForAll("histories") List<PaymentFact> history, @ForAll Random random) {
        // Given
        List<PaymentFact> other = new ArrayList<>(history);
        history.stream().filter(fact -> random.nextBoolean()).forEach(other::add);
        Collections.shuffle(other, random);

        // When
        PaymentLedger folded = PaymentLedger.of(TOTAL, other);

        // Then
        assertThat(folded).isEqualTo(PaymentLedger.of(TOTAL, history));
    }

    @Property
    void no_more_goes_back_than_came_in(@ForAll("histories") List<PaymentFact> history) {
        PaymentLedger ledger = PaymentLedger.of(TOTAL, history);

        assertThat(ledger.refunded()).isBetween(0L, ledger.captured());
    }

    @Property
    void what_is_kept_by_payment_is_all_that_is_kept_once_a_payment_has_a_name(
            @ForAll("histories") List<PaymentFact> history) {
        // Given
        List<PaymentFact> facts = new ArrayList<>(history);
        facts.add(captured("pay_1", 998L));

        // When
        Map<String, Long> kept = PaymentLedger.keptByPayment(TOTAL, facts);

        // Then
        BigInteger sum = kept.values().stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
        PaymentLedger ledger = PaymentLedger.of(TOTAL, facts);
        if (ledger.captured() < Long.MAX_VALUE) {
            assertThat(sum).isEqualTo(BigInteger.valueOf(ledger.kept()));
        }
    }

    @Property
    void out_of_every_review_leads_each_decision_that_an_operator_keeps(
            @ForAll("histories") List<PaymentFact> history) {
        PaymentLedger accepted = PaymentLedger.of(TOTAL, ruled(history, Ruling.ACCEPTED));
        PaymentLedger dismissed = PaymentLedger.of(TOTAL, ruled(history, Ruling.DISMISSED));

        assertThat(OrderLifecycle.position(Stage.OPEN, accepted.standing()).reason())
                .isNull();
        assertThat(OrderLifecycle.position(Stage.CANCELLED, dismissed.standing())
                        .reason())
                .isNull();
    }

    /** As the database does it. */
    private static List<PaymentFact> ruled(List<PaymentFact> history, Ruling ruling) {
        boolean alsoDenied =
                ruling == Ruling.ACCEPTED && PaymentLedger.of(TOTAL, history).standing() == Standing.UNKNOWN_PAYMENT;
        return history.stream()
                .map(fact -> fact.kind() != Kind.CAPTURED
                                || fact.ruling() == Ruling.DISMISSED
                                || (fact.ruling() == Ruling.DENIED && !alsoDenied)
                        ? fact
                        : fact.ruled(ruling))
                .toList();
    }

    @Property
    void a_failure_never_undoes_a_capture(
            @ForAll("histories") List<PaymentFact> history, @ForAll("failures") PaymentFact late) {
        // Given
        List<PaymentFact> paid = new ArrayList<>(history);
        paid.add(captured("pay_1", 999L));

        // When
        Standing before = PaymentLedger.of(TOTAL, paid).standing();
        paid.add(late);

        // Then
        assertThat(PaymentLedger.of(TOTAL, paid).standing()).isEqualTo(before);
    }

    @Property
    void the_order_of_facts_does_not_matter_to_an_order_that_is_moved_in_between(
            @ForAll("histories") List<PaymentFact> history, @ForAll Random random) {
        // Given an order that is shipped as soon as that is allowed
        List<PaymentFact> facts = new ArrayList<>(history);
        facts.add(captured("pay_1", 999L));
        Order one = shippedWhenPaid(facts);
        Collections.shuffle(facts, random);

        // When
        Order other = shippedWhenPaid(facts);

        // Then: where both were shipped, both stand alike
        if (one.stage() == other.stage()) {
            assertThat(other.status()).isEqualTo(one.status());
            assertThat(other.reviewReason()).isEqualTo(one.reviewReason());
        }
        assertThat(other.ledger()).isEqualTo(one.ledger());
    }

    private static Order shippedWhenPaid(List<PaymentFact> facts) {
        java.time.Instant now = java.time.Instant.EPOCH;
        Order order = Order.placed(new OrderId("1"), "c", "o", TOTAL, List.of(new Item("p", 1, 999)), 1, now);
        for (int known = 1; known <= facts.size(); known++) {
            order = order.with(PaymentLedger.of(TOTAL, facts.subList(0, known)), now);
            if (order.allows(Move.SHIP) instanceof Transition.Allowed allowed) {
                order = order.at(allowed.to(), now);
            }
        }
        return order;
    }

    @Example
    void the_articles_payload_pays_the_order() {
        assertThat(standing(unnamed(null))).isEqualTo(Standing.CAPTURED);
    }

    @Example
    void each_money_problem_has_its_standing() {
        assertThat(standing(captured("pay_1", 998L))).isEqualTo(Standing.AMOUNT_MISMATCH);
        assertThat(standing(captured("pay_1", 999L), captured("pay_2", 999L))).isEqualTo(Standing.OVERPAID);
        assertThat(standing(new PaymentFact(Kind.CAPTURED, Origin.WEBHOOK, "p", "", 999L, "EUR", Ruling.NONE)))
                .isEqualTo(Standing.CURRENCY_MISMATCH);
        assertThat(standing(captured("pay_1", 999L).ruled(Ruling.DENIED))).isEqualTo(Standing.UNKNOWN_PAYMENT);
        assertThat(standing(captured("pay_1", 998L).ruled(Ruling.ACCEPTED))).isEqualTo(Standing.CAPTURED);
        assertThat(standing(captured("pay_1", 998L).ruled(Ruling.DISMISSED))).isEqualTo(Standing.UNPAID);
    }

    @Example
    void what_was_dismissed_stays_so_when_the_provider_says_the_same() {
        PaymentFact dismissed = new PaymentFact(Kind.CAPTURED, Origin.WEBHOOK, "pay_1", "", 5L, null, Ruling.DISMISSED);

        assertThat(standing(dismissed, asked("pay_1", 5L, "USD"))).isEqualTo(Standing.UNPAID);
        assertThat(standing(dismissed, asked("pay_1", 6L, "USD"))).isEqualTo(Standing.AMOUNT_MISMATCH);
        assertThat(standing(dismissed, asked("pay_1", 5L, "EUR"))).isEqualTo(Standing.CURRENCY_MISMATCH);
        assertThat(standing(dismissed, asked("pay_2", 5L, "USD"))).isEqualTo(Standing.AMOUNT_MISMATCH);
        assertThat(standing(unnamed("USD").ruled(Ruling.DISMISSED), unnamed(null)))
                .isEqualTo(Standing.CAPTURED);
    }

    @Example
    void what_was_accepted_is_a_review_again_if_more_is_captured() {
        PaymentFact accepted = captured("pay_1", 998L).ruled(Ruling.ACCEPTED);

        assertThat(standing(accepted, captured("pay_1", 5_000L))).isEqualTo(Standing.AMOUNT_MISMATCH);
        assertThat(standing(accepted, asked("pay_1", 5_000L, "USD"))).isEqualTo(Standing.AMOUNT_MISMATCH);
        assertThat(standing(accepted, asked("pay_1", 998L, "EUR"))).isEqualTo(Standing.CURRENCY_MISMATCH);
        assertThat(standing(accepted, asked("pay_1", 998L, "USD"))).isEqualTo(Standing.CAPTURED);
        assertThat(standing(accepted, asked("pay_1", 999L, "USD"))).isEqualTo(Standing.CAPTURED);
        assertThat(standing(
                        new PaymentFact(Kind.CAPTURED, Origin.WEBHOOK, "", "", 5L, null, Ruling.ACCEPTED),
                        asked("pay_1", 5L, "USD")))
                .isEqualTo(Standing.CAPTURED);
    }

    @Example
    void what_is_kept_is_told_by_payment() {
        PaymentFact back = new PaymentFact(Kind.REFUNDED, Origin.WEBHOOK, "pay_1", "ref_1", 999L, "USD", Ruling.NONE);

        assertThat(PaymentLedger.keptByPayment(
                        TOTAL,
                        List.of(
                                captured("pay_1", 999L),
                                back,
                                captured("pay_2", 999L),
                                captured("pay_3", 999L).ruled(Ruling.DENIED),
                                captured("pay_4", 999L).ruled(Ruling.DISMISSED),
                                asked("pay_4", 999L, "USD").ruled(Ruling.ACCEPTED),
                                unnamed(null))))
                .containsExactly(Map.entry("pay_2", 999L));
    }

    @Example
    void refunds_add_up_by_their_id() {
        // Given
        List<PaymentFact> facts = List.of(
                refunded("ref_1", 400), captured("pay_1", 999L), refunded("ref_1", 400), refunded("ref_2", 100));

        // When
        PaymentLedger ledger = PaymentLedger.of(TOTAL, facts);

        // Then
        assertThat(ledger).isEqualTo(new PaymentLedger(Standing.PARTLY_REFUNDED, 999, 500, 0));
    }

    /** Each of {@code amounts} was given back once; webhooks, which name no refund, told of some and the provider of some. */
    @Property
    void refunds_without_a_name_are_not_counted_twice_however_much_the_provider_told_of_them(
            @ForAll @Size(max = 6) List<@IntRange(min = 1, max = 3) Integer> amounts,
            @ForAll boolean namesPayments,
            @ForAll Random random) {
        // Given
        long all = amounts.stream().mapToLong(Integer::longValue).sum();
        List<PaymentFact> facts = new ArrayList<>(List.of(captured("pay_1", 999L)));
        boolean allWebhooks = random.nextBoolean();
        for (int n = 0; n < amounts.size(); n++) {
            boolean told = random.nextBoolean();
            long amount = amounts.get(n);
            if (allWebhooks || told) {
                facts.add(unnamedRefund(namesPayments ? "pay_1" : "", "evt_" + n, amount));
            }
            if (!allWebhooks || told) {
                facts.add(new PaymentFact(
                        Kind.REFUNDED, Origin.PROVIDER, "pay_1", "ref_" + n, amount, "USD", Ruling.NONE));
            }
        }
        Collections.shuffle(facts, random);

        // When
        PaymentLedger ledger = PaymentLedger.of(TOTAL, facts);

        // Then
        assertThat(ledger.refunded()).isEqualTo(all);
    }

    /** A webhook that names no payment, and the provider that names all. */
    @Property
    void a_failure_without_a_payments_name_is_not_counted_twice(@ForAll @IntRange(min = 1, max = 3) int failed) {
        // Given
        List<PaymentFact> facts = new ArrayList<>();
        facts.add(new PaymentFact(Kind.FAILED, Origin.WEBHOOK, "", "", 999L, null, Ruling.NONE));
        PaymentLedger first = PaymentLedger.of(TOTAL, facts);

        // When
        for (int n = 1; n <= failed; n++) {
            facts.add(new PaymentFact(Kind.FAILED, Origin.PROVIDER, "pay_" + n, "", 999L, "USD", Ruling.NONE));
        }

        // Then
        assertThat(first.failedPayments()).isEqualTo(1);
        assertThat(PaymentLedger.of(TOTAL, facts).failedPayments()).isEqualTo(failed);
    }

    @Example
    void a_refund_without_a_name_is_not_counted_twice_when_another_payment_went_back() {
        // Given
        List<PaymentFact> facts = List.of(
                captured("pay_1", 999L),
                captured("pay_2", 999L),
                unnamedRefund("", "evt_1", 300),
                new PaymentFact(Kind.REFUNDED, Origin.PROVIDER, "pay_2", "ref_1", 300L, "USD", Ruling.NONE));

        // When
        PaymentLedger ledger = PaymentLedger.of(TOTAL, facts);

        // Then
        assertThat(ledger.refunded()).isEqualTo(300);
    }

    @Example
    void refunds_without_a_name_that_name_different_payments_are_different_ones() {
        // Given
        List<PaymentFact> facts = List.of(
                captured("pay_1", 999L),
                captured("pay_2", 999L),
                unnamedRefund("pay_1", "evt_1", 300),
                new PaymentFact(Kind.REFUNDED, Origin.PROVIDER, "pay_2", "ref_1", 300L, "USD", Ruling.NONE));

        // When
        PaymentLedger ledger = PaymentLedger.of(TOTAL, facts);

        // Then
        assertThat(ledger.refunded()).isEqualTo(600);
    }

    @Example
    void a_second_payment_that_went_back_leaves_the_order_paid() {
        assertThat(standing(
                        captured("pay_1", 999L),
                        captured("pay_2", 999L),
                        new PaymentFact(Kind.REFUNDED, Origin.WEBHOOK, "pay_2", "ref_1", 999L, "USD", Ruling.NONE)))
                .isEqualTo(Standing.CAPTURED);
    }

    @Example
    void the_providers_own_answer_outweighs_a_webhook() {
        assertThat(standing(captured("pay_1", 1L), asked("pay_1", 999L, "USD"))).isEqualTo(Standing.CAPTURED);
    }

    /** Or whoever wants to try again would be sent to it. */
    @Example
    void a_payment_that_was_given_up_has_failed() {
        // Given
        PaymentFact givenUp = new PaymentFact(Kind.CANCELLED, Origin.WEBHOOK, "pay_1", "", 999L, "USD", Ruling.NONE);

        // When
        PaymentLedger ledger = PaymentLedger.of(TOTAL, List.of(givenUp));

        // Then
        assertThat(ledger).isEqualTo(new PaymentLedger(Standing.FAILED, 0, 0, 1));
    }

    @Example
    void a_second_payment_is_a_review_though_the_first_was_accepted() {
        assertThat(standing(captured("pay_1", 999L).ruled(Ruling.ACCEPTED), captured("pay_2", 999L)))
                .isEqualTo(Standing.OVERPAID);
    }

    @Example
    void a_payment_whose_amount_nobody_says_is_a_review() {
        assertThat(standing(captured("pay_1", null))).isEqualTo(Standing.AMOUNT_MISMATCH);
    }

    @Example
    void a_refund_that_names_its_payment_is_of_the_one_that_has_no_name() {
        // When
        PaymentLedger ledger = PaymentLedger.of(TOTAL, List.of(unnamed("USD"), refunded("ref_1", 400)));

        // Then
        assertThat(ledger).isEqualTo(new PaymentLedger(Standing.PARTLY_REFUNDED, 999, 400, 0));
    }

    /** What says of which payment it is can be fewer than what does not, so it is looked for first. */
    @Example
    void of_refunds_without_names_each_is_one_that_it_can_be() {
        // Given
        List<PaymentFact> facts = List.of(
                captured("pay_1", 999L),
                captured("pay_2", 999L),
                refund("pay_1", "ref_1", 100),
                refund("pay_2", "ref_2", 100),
                refund("", "ref_3", 50),
                unnamedRefund("", "evt_1", 100),
                unnamedRefund("pay_1", "evt_2", 100),
                unnamedRefund("pay_1", "evt_3", 50));

        // When
        PaymentLedger ledger = PaymentLedger.of(TOTAL, facts);

        // Then
        assertThat(ledger.refunded()).isEqualTo(250);
    }

    @Provide
    Arbitrary<List<PaymentFact>> histories() {
        return facts(Arbitraries.of(Kind.class)).list().ofMaxSize(12);
    }

    @Provide
    Arbitrary<PaymentFact> failures() {
        return facts(Arbitraries.of(Kind.FAILED, Kind.CANCELLED, Kind.REFUND_FAILED));
    }

    private static Arbitrary<PaymentFact> facts(Arbitrary<Kind> kinds) {
        Arbitrary<@Nullable Long> amounts =
                Arbitraries.of(999L, 999L, 500L, 499L, Long.MAX_VALUE).injectNull(0.1);
        Arbitrary<@Nullable String> currencies =
                Arbitraries.of("USD", "USD", "EUR").injectNull(0.3);
        return Combinators.combine(
                        kinds,
                        Arbitraries.of(Origin.class),
                        Arbitraries.of("", "pay_1", "pay_2"),
                        Arbitraries.of(
                                "ref_1",
                                "ref_2",
                                PaymentFact.unnamedRefund("evt_1"),
                                PaymentFact.unnamedRefund("evt_2")),
                        amounts,
                        currencies,
                        Arbitraries.of(
                                Ruling.NONE,
                                Ruling.NONE,
                                Ruling.NONE,
                                Ruling.ACCEPTED,
                                Ruling.DISMISSED,
                                Ruling.DENIED))
                .as(PaymentFact::new);
    }

    private static PaymentFact captured(String paymentId, @Nullable Long amount) {
        return new PaymentFact(Kind.CAPTURED, Origin.WEBHOOK, paymentId, "", amount, "USD", Ruling.NONE);
    }

    private static PaymentFact unnamed(@Nullable String currency) {
        return new PaymentFact(Kind.CAPTURED, Origin.WEBHOOK, "", "", 999L, currency, Ruling.NONE);
    }

    private static PaymentFact asked(String paymentId, long amount, String currency) {
        return new PaymentFact(Kind.CAPTURED, Origin.PROVIDER, paymentId, "", amount, currency, Ruling.NONE);
    }

    private static PaymentFact refunded(String refundId, long amount) {
        return refund("pay_1", refundId, amount);
    }

    private static PaymentFact refund(String paymentId, String refundId, long amount) {
        return new PaymentFact(Kind.REFUNDED, Origin.WEBHOOK, paymentId, refundId, amount, "USD", Ruling.NONE);
    }

    private static PaymentFact unnamedRefund(String paymentId, String eventId, long amount) {
        return new PaymentFact(
                Kind.REFUNDED,
                Origin.WEBHOOK,
                paymentId,
                PaymentFact.unnamedRefund(eventId),
                amount,
                null,
                Ruling.NONE);
    }

    private static Standing standing(PaymentFact... facts) {
        return PaymentLedger.of(TOTAL, List.of(facts)).standing();
    }
}
