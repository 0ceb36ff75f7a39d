package dev.bellhop.order.app;

import dev.bellhop.order.SettableClock;
import dev.bellhop.order.domain.Money;
import dev.bellhop.order.domain.Order.RequestedPayment;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.telemetry.OrderMetrics.Reason;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Knows of no payment unless told, answers so often only, never about one order, and takes its time. */
final class ReluctantProvider implements PaymentProvider {

    final List<Reason> reasons = new ArrayList<>();
    /** Since when, and in how many calls at most. */
    final List<String> lists = new ArrayList<>();

    final SettableClock clock = new SettableClock();
    int patience = 100;
    String mute = "";
    Duration takes = Duration.ZERO;
    List<Known> payments = List.of();
    /** Whether somebody is at the checkout of whatever is open. */
    boolean busy;

    @Override
    public Uni<List<Known>> payments(String orderId, Reason reason) {
        if (reasons.size() == patience) {
            return Uni.createFrom().failure(new Unavailable(null, Duration.ofSeconds(7)));
        }
        if (orderId.equals(mute)) {
            return Uni.createFrom().failure(new Unavailable(null, null));
        }
        reasons.add(reason);
        clock.advance(takes);
        return Uni.createFrom().item(payments);
    }

    @Override
    public Uni<List<Known>> changedSince(Instant since, int most, Reason reason) {
        lists.add(since + " in " + most);
        return Uni.createFrom().item(payments);
    }

    @Override
    public Uni<RequestedPayment> request(OrderId orderId, Money amount, String idempotencyKey) {
        throw notAskedFor();
    }

    @Override
    public Uni<Void> refund(String paymentId, long amount, String idempotencyKey) {
        throw notAskedFor();
    }

    @Override
    public Uni<Boolean> close(String paymentId) {
        return Uni.createFrom().item(!busy);
    }

    private static AssertionError notAskedFor() {
        return new AssertionError("only the payments of single orders are asked for");
    }
}
