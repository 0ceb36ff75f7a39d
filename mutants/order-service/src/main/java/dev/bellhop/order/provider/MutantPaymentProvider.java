package dev.bellhop.order.provider;

import dev.bellhop.order.app.PaymentProvider;
import dev.bellhop.order.domain.Money;
import dev.bellhop.order.domain.Order.RequestedPayment;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.telemetry.OrderMetrics.Reason;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The real provider, or one of two bugs around its questions. */
@Alternative
@Priority(1)
@Singleton
final class MutantPaymentProvider implements PaymentProvider {

    private final HttpPaymentProvider real;
    private final String mutant;

    MutantPaymentProvider(HttpPaymentProvider real, @ConfigProperty(name = "bellhop.mutant") String mutant) {
        this.real = real;
        this.mutant = mutant;
    }

    @Override
    public Uni<RequestedPayment> request(OrderId orderId, Money amount, String idempotencyKey) {
        return real.request(orderId, amount, idempotencyKey);
    }

    @Override
    public Uni<Void> refund(String paymentId, long amount, String idempotencyKey) {
        return real.refund(paymentId, amount, idempotencyKey);
    }

    @Override
    public Uni<Boolean> close(String paymentId) {
        return real.close(paymentId);
    }

    @Override
    public Uni<List<Known>> payments(String orderId, Reason reason) {
        return asked(() -> real.payments(orderId, reason));
    }

    @Override
    public Uni<List<Known>> changedSince(Instant since, int most, Reason reason) {
        return asked(() -> real.changedSince(since, most, reason));
    }

    private Uni<List<Known>> asked(Supplier<Uni<List<Known>>> question) {
        return switch (mutant) {
            // Bug: an order expires by the clock alone.
            case "expiry-unasked" -> Uni.createFrom().item(List.of());
            // Bug: no question ever leaves the house.
            case "never-asks" -> Uni.createFrom().failure(new Unavailable(null, null));
            default -> question.get();
        };
    }
}
