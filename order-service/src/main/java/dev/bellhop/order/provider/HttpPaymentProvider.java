package dev.bellhop.order.provider;

import dev.bellhop.order.app.PaymentProvider;
import dev.bellhop.order.domain.Money;
import dev.bellhop.order.domain.Order.RequestedPayment;
import dev.bellhop.order.domain.OrderId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

@Singleton
final class HttpPaymentProvider implements PaymentProvider {

    private static final Logger LOG = Logger.getLogger(HttpPaymentProvider.class);

    private final ProviderApi api;
    private final ProviderConfig config;

    HttpPaymentProvider(@RestClient ProviderApi api, ProviderConfig config) {
        this.api = api;
        this.config = config;
    }

    @Override
    public Uni<RequestedPayment> request(OrderId orderId, Money amount, String idempotencyKey) {
        ProviderApi.PaymentRequest request =
                new ProviderApi.PaymentRequest(orderId.value(), amount.amount(), amount.currency());
        return answered(Uni.createFrom()
                .deferred(() -> api.create(authorization(), idempotencyKey, request))
                .map(payment -> new RequestedPayment(payment.paymentId(), payment.checkoutUrl())));
    }

    @Override
    public Uni<Void> refund(String paymentId, long amount, String idempotencyKey) {
        return answered(Uni.createFrom()
                .deferred(() ->
                        api.refund(authorization(), idempotencyKey, paymentId, new ProviderApi.RefundRequest(amount))));
    }

    /** Whatever goes wrong is the provider's absence to us; what exactly, the log says. */
    private static <T> Uni<T> answered(Uni<T> call) {
        return call.onFailure()
                .invoke(failure -> LOG.warnf("provider gave no usable answer reason=%s", failure.getMessage()))
                .onFailure()
                .transform(Unavailable::new);
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
