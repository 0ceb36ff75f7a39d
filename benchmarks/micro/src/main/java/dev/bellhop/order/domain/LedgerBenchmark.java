package dev.bellhop.order.domain;

import dev.bellhop.order.domain.PaymentFact.Kind;
import dev.bellhop.order.domain.PaymentFact.Origin;
import dev.bellhop.order.domain.PaymentFact.Ruling;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Folds all facts of an order: one is the usual payment, the others a payment with partial refunds. One thread. */
@State(Scope.Benchmark)
public class LedgerBenchmark {

    private static final Money TOTAL = new Money(10_000, "USD");

    /** How many facts the order has. */
    @Param({"1", "4", "64"})
    int facts;

    private final List<PaymentFact> known = new ArrayList<>();

    /** One capture, then refunds of a cent. */
    @Setup
    public void happen() {
        known.add(new PaymentFact(Kind.CAPTURED, Origin.WEBHOOK, "pay_1", "", TOTAL.amount(), "USD", Ruling.NONE));
        for (int i = 1; i < facts; i++) {
            known.add(new PaymentFact(Kind.REFUNDED, Origin.WEBHOOK, "pay_1", "re_" + i, 1L, "USD", Ruling.NONE));
        }
    }

    /** One fold. */
    @Benchmark
    public PaymentLedger fold() {
        return PaymentLedger.of(TOTAL, known);
    }
}
