package dev.bellhop.order.domain;

import dev.bellhop.order.domain.PaymentFact.Kind;
import dev.bellhop.order.domain.PaymentFact.Origin;
import dev.bellhop.order.domain.PaymentFact.Ruling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * What a set of payment facts amounts to. A pure fold: its result depends neither on the order of the facts nor on
 * repetitions. Success beats failure; the provider's own answer beats a webhook about the same thing; refunds add up by
 * refund id, are told apart by their amounts where an event names none, and never exceed what was captured; a payment that
 * went back completely counts no longer; nor does what an operator dismissed, whoever says the same again.
 *
 * @param standing the verdict
 * @param captured minor units taken, all payments together
 * @param refunded minor units given back, never more than {@code captured}
 * @param failedPayments how many payments failed or were given up; names the next attempt
 */
public record PaymentLedger(Standing standing, long captured, long refunded, int failedPayments) {

    /** The ledger of an order about whose money nothing is known. */
    public static final PaymentLedger EMPTY = new PaymentLedger(Standing.UNPAID, 0, 0, 0);

    /** Folds the facts of an order that costs {@code total}. */
    public static PaymentLedger of(Money total, Collection<PaymentFact> facts) {
        if (facts.isEmpty()) {
            return EMPTY;
        }
        List<PaymentFact> counting = counting(total, facts);
        int failed = failedPayments(counting);
        List<Payment> payments = List.copyOf(payments(total, counting).values());
        if (payments.isEmpty()) {
            boolean denied = counting.stream().anyMatch(fact -> fact.kind() == Kind.CAPTURED);
            return new PaymentLedger(unpaid(denied, failed > 0), 0, 0, failed);
        }
        return new PaymentLedger(
                standing(payments), sum(payments, Payment::captured), sum(payments, Payment::refunded), failed);
    }

    /** A failure without a payment's name can't be shown to be another than a named one's. */
    private static int failedPayments(List<PaymentFact> facts) {
        Set<String> failed = facts.stream()
                .filter(fact -> fact.kind() == Kind.FAILED || fact.kind() == Kind.CANCELLED)
                .map(PaymentFact::paymentId)
                .collect(Collectors.toSet());
        return failed.contains(PaymentFact.UNNAMED) ? Math.max(1, failed.size() - 1) : failed.size();
    }

    /** What of each payment was captured and not given back, in minor units; only payments with a name, and with a rest. */
    public static SortedMap<String, Long> keptByPayment(Money total, Collection<PaymentFact> facts) {
        SortedMap<String, Long> kept = new TreeMap<>();
        payments(total, counting(total, facts)).forEach((id, payment) -> kept.put(id, payment.kept()));
        kept.remove(PaymentFact.UNNAMED);
        kept.values().removeIf(rest -> rest == 0);
        return kept;
    }

    /** All but what was dismissed, whoever says the same again. */
    private static List<PaymentFact> counting(Money total, Collection<PaymentFact> facts) {
        List<PaymentFact> dismissed =
                facts.stream().filter(fact -> fact.ruling() == Ruling.DISMISSED).toList();
        return facts.stream()
                .filter(fact -> fact.ruling() != Ruling.DISMISSED)
                .filter(fact -> dismissed.stream().noneMatch(known -> isTheSame(known, fact, total.currency())))
                .toList();
    }

    /** Those that were captured, by their names. */
    private static SortedMap<String, Payment> payments(Money total, List<PaymentFact> facts) {
        Map<String, List<PaymentFact>> captures = new TreeMap<>();
        Map<String, List<PaymentFact>> refunds = new TreeMap<>();
        for (PaymentFact fact : withoutRefundsToldTwice(facts)) {
            if (fact.kind() == Kind.CAPTURED && fact.ruling() != Ruling.DENIED) {
                captures.computeIfAbsent(fact.paymentId(), id -> new ArrayList<>())
                        .add(fact);
            } else if (fact.kind() == Kind.REFUNDED) {
                refunds.computeIfAbsent(fact.paymentId(), id -> new ArrayList<>())
                        .add(fact);
            }
        }
        nameTheUnnamed(captures, refunds);
        SortedMap<String, Payment> payments = new TreeMap<>();
        captures.forEach((id, own) -> payments.put(id, payment(total, own, refunds.getOrDefault(id, List.of()))));
        return payments;
    }

    /** An event without a payment id can't be shown to be about another payment than a named one. */
    private static void nameTheUnnamed(
            Map<String, List<PaymentFact>> captures, Map<String, List<PaymentFact>> refunds) {
        String name = captures.keySet().stream()
                .filter(id -> !id.equals(PaymentFact.UNNAMED))
                .findFirst()
                .orElse(PaymentFact.UNNAMED);
        if (!name.equals(PaymentFact.UNNAMED)) {
            merge(captures, name);
            merge(refunds, name);
            return;
        }
        if (captures.containsKey(PaymentFact.UNNAMED)) {
            // One unnamed payment, and refunds that do name it: they can only mean this one.
            for (String id : List.copyOf(refunds.keySet())) {
                if (!id.equals(PaymentFact.UNNAMED)) {
                    refunds.computeIfAbsent(PaymentFact.UNNAMED, unnamed -> new ArrayList<>())
                            .addAll(refunds.get(id));
                }
            }
        }
    }

    private static void merge(Map<String, List<PaymentFact>> facts, String name) {
        List<PaymentFact> unnamed = facts.remove(PaymentFact.UNNAMED);
        if (unnamed != null) {
            facts.computeIfAbsent(name, id -> new ArrayList<>()).addAll(unnamed);
        }
    }

    /**
     * A refund without a name can't be shown to be another than a named one of the same amount; but each of those can be no
     * more than one of them.
     */
    private static List<PaymentFact> withoutRefundsToldTwice(List<PaymentFact> facts) {
        if (facts.stream().noneMatch(PaymentFact::isUnnamedRefund)) {
            return facts;
        }
        List<Refund> named = refunds(facts, fact -> !fact.isUnnamedRefund());
        List<PaymentFact> rest = new ArrayList<>(facts);
        for (Refund unnamed : refunds(facts, PaymentFact::isUnnamedRefund)) {
            named.stream().filter(unnamed::canBe).findFirst().ifPresent(same -> {
                named.remove(same);
                rest.removeIf(unnamed::isToldBy);
            });
        }
        return rest;
    }

    /** Those that say of which payment first: there are fewer that they can be. */
    private static List<Refund> refunds(List<PaymentFact> facts, Predicate<PaymentFact> which) {
        Map<String, Map<String, List<PaymentFact>>> byName = new TreeMap<>(Comparator.reverseOrder());
        facts.stream()
                .filter(fact -> fact.kind() == Kind.REFUNDED)
                .filter(which)
                .forEach(fact -> byName.computeIfAbsent(fact.paymentId(), id -> new TreeMap<>())
                        .computeIfAbsent(fact.refundId(), id -> new ArrayList<>())
                        .add(fact));
        List<Refund> refunds = new ArrayList<>();
        byName.forEach((paymentId, byId) ->
                byId.forEach((refundId, told) -> refunds.add(new Refund(paymentId, refundId, most(told)))));
        return refunds;
    }

    private record Refund(String paymentId, String refundId, long amount) {

        boolean canBe(Refund other) {
            boolean ofOnePayment = paymentId.equals(other.paymentId)
                    || paymentId.equals(PaymentFact.UNNAMED)
                    || other.paymentId.equals(PaymentFact.UNNAMED);
            return ofOnePayment && amount == other.amount;
        }

        boolean isToldBy(PaymentFact fact) {
            return fact.kind() == Kind.REFUNDED
                    && fact.paymentId().equals(paymentId)
                    && fact.refundId().equals(refundId);
        }
    }

    /** Whoever says so. Two that name no payment can't be shown to be about one. */
    private static boolean isTheSame(PaymentFact one, PaymentFact other, String currency) {
        return one.kind() == other.kind()
                && !one.paymentId().equals(PaymentFact.UNNAMED)
                && one.paymentId().equals(other.paymentId())
                && one.refundId().equals(other.refundId())
                && isAsMuch(one, other, currency);
    }

    private static boolean isAsMuch(PaymentFact one, PaymentFact other, String currency) {
        return Objects.equals(one.amount(), other.amount())
                && currency(one, currency).equals(currency(other, currency));
    }

    private static String currency(PaymentFact fact, String usual) {
        return fact.currency() == null ? usual : fact.currency();
    }

    private static Standing unpaid(boolean denied, boolean failed) {
        if (denied) {
            return Standing.UNKNOWN_PAYMENT;
        }
        return failed ? Standing.FAILED : Standing.UNPAID;
    }

    private static Standing standing(List<Payment> payments) {
        List<Payment> kept =
                payments.stream().filter(payment -> !payment.wentBack()).toList();
        if (kept.isEmpty()) {
            return Standing.REFUNDED;
        }
        if (kept.stream().anyMatch(Payment::otherCurrency)) {
            return Standing.CURRENCY_MISMATCH;
        }
        if (kept.stream().anyMatch(Payment::otherAmount)) {
            return Standing.AMOUNT_MISMATCH;
        }
        if (kept.size() > 1 && !kept.stream().allMatch(Payment::accepted)) {
            return Standing.OVERPAID;
        }
        return sum(kept, Payment::refunded) > 0 ? Standing.PARTLY_REFUNDED : Standing.CAPTURED;
    }

    private static Payment payment(Money total, List<PaymentFact> captures, List<PaymentFact> refunds) {
        List<PaymentFact> telling = outweighing(captures);
        List<PaymentFact> accepted = captures.stream()
                .filter(capture -> capture.ruling() == Ruling.ACCEPTED)
                .toList();
        List<PaymentFact> open = telling.stream()
                .filter(fact -> accepted.stream().noneMatch(known -> isAsMuch(known, fact, total.currency())))
                .toList();
        boolean otherCurrency =
                open.stream().anyMatch(fact -> !currency(fact, total.currency()).equals(total.currency()));
        boolean otherAmount = open.stream().anyMatch(fact -> fact.amount() == null || fact.amount() != total.amount());
        long captured = most(captures);
        return new Payment(
                captured, Math.min(refunded(refunds), captured), otherCurrency, otherAmount, !accepted.isEmpty());
    }

    private static long refunded(List<PaymentFact> refunds) {
        Map<String, List<PaymentFact>> byId = new TreeMap<>();
        refunds.forEach(fact ->
                byId.computeIfAbsent(fact.refundId(), id -> new ArrayList<>()).add(fact));
        return sum(byId.values(), PaymentLedger::most);
    }

    private static List<PaymentFact> outweighing(List<PaymentFact> facts) {
        List<PaymentFact> asked =
                facts.stream().filter(fact -> fact.origin() == Origin.PROVIDER).toList();
        return asked.isEmpty() ? facts : asked;
    }

    private static long most(List<PaymentFact> facts) {
        return outweighing(facts).stream()
                .mapToLong(PaymentLedger::amount)
                .max()
                .orElse(0);
    }

    private static long amount(PaymentFact fact) {
        return fact.amount() == null ? 0 : fact.amount();
    }

    /** The largest number there is, if it would be larger. */
    private static <T> long sum(Collection<T> parts, ToLongFunction<T> amount) {
        long sum = 0;
        for (T part : parts) {
            long more = amount.applyAsLong(part);
            sum = sum > Long.MAX_VALUE - more ? Long.MAX_VALUE : sum + more;
        }
        return sum;
    }

    private record Payment(long captured, long refunded, boolean otherCurrency, boolean otherAmount, boolean accepted) {

        long kept() {
            return captured - refunded;
        }

        boolean wentBack() {
            return captured > 0 && refunded == captured;
        }
    }

    /** Minor units that were captured and not given back. */
    public long kept() {
        return captured - refunded;
    }
}
