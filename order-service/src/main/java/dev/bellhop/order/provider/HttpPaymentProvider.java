package dev.bellhop.order.provider;

import dev.bellhop.order.app.PaymentProvider;
import dev.bellhop.order.app.TokenBucket;
import dev.bellhop.order.domain.Money;
import dev.bellhop.order.domain.Order.RequestedPayment;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.telemetry.OrderMetrics;
import dev.bellhop.order.telemetry.OrderMetrics.Reason;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

@Singleton
final class HttpPaymentProvider implements PaymentProvider {

    private static final Logger LOG = Logger.getLogger(HttpPaymentProvider.class);

    private static final int PAGE = 100;
    private static final int PAGES = 5;

    /** More than it takes to connect and to begin to answer: who lets a byte fall now and then does not answer. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final ProviderApi api;
    private final ProviderBreaker breaker;
    private final OrderMetrics metrics;
    private final ProviderConfig config;
    private final TokenBucket budget;
    /** Of questions that somebody waits for: who asks for one refund after the other leaves no order unasked for it. */
    private final TokenBucket refunds;
    /** Until there is a token for each page of a list and one question more. */
    private final Duration refill;

    HttpPaymentProvider(
            @RestClient ProviderApi api,
            ProviderConfig config,
            ProviderBreaker breaker,
            OrderMetrics metrics,
            Clock clock) {
        this.api = api;
        this.breaker = breaker;
        this.metrics = metrics;
        this.config = config;
        int perSecond = config.questionsPerSecond();
        this.budget = TokenBucket.perSecond(perSecond, perSecond, clock);
        this.refunds = TokenBucket.perSecond(perSecond, perSecond, clock);
        this.refill = Duration.ofSeconds(PAGES + 1).dividedBy(perSecond);
    }

    @Override
    public Uni<RequestedPayment> request(OrderId orderId, Money amount, String idempotencyKey) {
        ProviderApi.PaymentRequest request =
                new ProviderApi.PaymentRequest(orderId.value(), amount.amount(), amount.currency());
        return agreed(
                orderId.value(),
                null,
                inTime(() -> api.create(authorization(), idempotencyKey, request))
                        .map(payment -> new RequestedPayment(payment.paymentId(), payment.checkoutUrl())));
    }

    @Override
    public Uni<Void> refund(String paymentId, long amount, String idempotencyKey) {
        return agreed(
                        null,
                        paymentId,
                        inTime(() -> api.refund(
                                authorization(), idempotencyKey, paymentId, new ProviderApi.RefundRequest(amount))))
                .replaceWithVoid();
    }

    @Override
    public Uni<Boolean> close(String paymentId) {
        return answered(
                null,
                paymentId,
                inTime(() -> api.cancel(authorization(), paymentId))
                        .replaceWith(true)
                        .onFailure(ProviderRefusals::isOne)
                        .recoverWithItem(false));
    }

    /** On the caller's context again, whoever noticed that the time is over. */
    private static <T> Uni<T> inTime(Supplier<Uni<T>> call) {
        return Uni.createFrom().deferred(() -> {
            Context context = Vertx.currentContext();
            Executor here = context == null ? Runnable::run : task -> context.runOnContext(ignored -> task.run());
            return call.get()
                    .ifNoItem()
                    .after(LONGEST)
                    .fail()
                    .emitOn(here)
                    .onItem()
                    .ifNull()
                    .failWith(() -> new IllegalStateException("the answer is empty"));
        });
    }

    @Override
    public Uni<List<Known>> payments(String orderId, Reason reason) {
        TokenBucket bucket = reason == Reason.REFUND ? refunds : budget;
        return within(bucket, () -> pages(bucket, orderId, null, null, PAGES, reason))
                .map(HttpPaymentProvider::known);
    }

    @Override
    public Uni<List<Known>> changedSince(Instant since, int most, Reason reason) {
        return within(budget, () -> pages(budget, null, since.toString(), null, Math.min(most, PAGES), reason))
                .map(HttpPaymentProvider::known);
    }

    private <T> Uni<T> within(TokenBucket bucket, Supplier<Uni<T>> question) {
        return Uni.createFrom().deferred(() -> {
            if (bucket.take().isZero()) {
                return question.get();
            }
            metrics.questionPostponed();
            return Uni.createFrom().failure(new Unavailable(null, refill));
        });
    }

    private Uni<List<ProviderApi.Known>> pages(
            TokenBucket bucket,
            @Nullable String orderId,
            @Nullable String since,
            @Nullable String cursor,
            int left,
            Reason reason) {
        return page(orderId, since, cursor, reason).chain(page -> {
            if (page.nextCursor() == null) {
                return Uni.createFrom().item(page.data());
            }
            if (left == 1 || !bucket.take().isZero()) {
                // A payment that is not named here would be denied, and an order expire that it has paid.
                return orderId == null
                        ? Uni.createFrom().item(page.data())
                        : Uni.createFrom().failure(new Unavailable(null, null));
            }
            return pages(bucket, orderId, since, page.nextCursor(), left - 1, reason)
                    .map(more -> {
                        List<ProviderApi.Known> all = new ArrayList<>(page.data());
                        all.addAll(more);
                        return all;
                    });
        });
    }

    private Uni<ProviderApi.Page> page(
            @Nullable String orderId, @Nullable String since, @Nullable String cursor, Reason reason) {
        return answered(orderId, null, breaker.run(() -> {
            metrics.statusCall(reason);
            return inTime(() -> api.list(authorization(), orderId, since, cursor, PAGE))
                    .map(page -> page.about(orderId));
        }));
    }

    private static List<Known> known(List<ProviderApi.Known> payments) {
        return payments.stream()
                .map(payment -> new Known(
                        payment.orderId(),
                        payment.paymentId(),
                        ProviderFacts.of(payment),
                        ProviderFacts.refundsUnderway(payment)))
                .toList();
    }

    private static <T> Uni<T> agreed(@Nullable String orderId, @Nullable String paymentId, Uni<T> call) {
        return answered(
                orderId,
                paymentId,
                call.onFailure(ProviderRefusals::isOne)
                        .transform(ProviderRefusals::of)
                        .onFailure(Refused.class)
                        .invoke(refused -> LOG.infof(
                                "provider refused orderId=%s paymentId=%s reason=%s",
                                orderId, paymentId, refused.getMessage())));
    }

    /** Whatever else goes wrong is the provider's absence to us; what exactly the log says, with the order or payment if it was about one. */
    private static <T> Uni<T> answered(@Nullable String orderId, @Nullable String paymentId, Uni<T> call) {
        return call.onFailure(failure -> !(failure instanceof Refused))
                .invoke(failure -> LOG.warnf(
                        "provider gave no usable answer orderId=%s paymentId=%s reason=%s",
                        orderId, paymentId, failure.getMessage()))
                .onFailure(failure -> !(failure instanceof Refused))
                .transform(failure -> new Unavailable(failure, ProviderBreaker.retryAfter(failure)));
    }

    /** A file of a hundred bytes in the page cache: not worth a worker thread. */
    private String authorization() {
        Path file =
                config.keyFile().orElseThrow(() -> new IllegalStateException("orders.provider.key-file is not set"));
        try {
            return "Bearer " + Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the provider's key cannot be read", e);
        }
    }
}
