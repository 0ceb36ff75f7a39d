package dev.bellhop.order.provider;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.bellhop.order.domain.Money;
import dev.bellhop.order.domain.PaymentFact;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/** The provider's HTTP API, as far as we use it. */
@Path("/payments")
@RegisterRestClient(configKey = "provider")
public interface ProviderApi {

    /** What is asked for. */
    record PaymentRequest(String orderId, long amount, String currency) {}

    /** What is answered, as far as we read it. What makes no sense can't be read, here and in the others. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Payment(String paymentId, @Nullable String checkoutUrl) {

        public Payment {
            must(PaymentFact.isName(paymentId));
            must(checkoutUrl == null || checkoutUrl.matches("https?://[\\x21-\\x7e]{1,2000}"));
        }
    }

    /** How much is to go back. */
    record RefundRequest(long amount) {}

    /**
     * A payment with all that we judge by.
     *
     * @param amountCaptured null if it is not said; then all of it is captured, or nothing
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Known(
            String paymentId,
            String orderId,
            Long amount,
            @Nullable Long amountCaptured,
            String currency,
            String status,
            @Nullable List<KnownRefund> refunds) {

        public Known {
            must(PaymentFact.isName(paymentId) && orderId != null && status != null);
            must(isAmount(amount) && (amountCaptured == null || isAmount(amountCaptured)));
            must(currency != null && Money.isCurrency(currency));
            refunds = refunds == null ? List.of() : List.copyOf(refunds);
        }
    }

    /** One refund of it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record KnownRefund(String refundId, Long amount, String status) {

        public KnownRefund {
            must(PaymentFact.isName(refundId) && isAmount(amount) && status != null);
        }
    }

    /** A payment that nobody can pay any more. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Closed(String status) {

        public Closed {
            must("Cancelled".equals(status));
        }
    }

    /** A page of payments. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Page(List<Known> data, @Nullable String nextCursor) {

        public Page {
            data = List.copyOf(data);
        }

        /** This page, which was asked for about one order; a provider that names another has not understood. */
        Page about(@Nullable String orderId) {
            must(orderId == null
                    || data.stream().allMatch(payment -> payment.orderId().equals(orderId)));
            return this;
        }
    }

    private static boolean isAmount(@Nullable Long amount) {
        return amount != null && amount >= 0;
    }

    private static void must(boolean makesSense) {
        if (!makesSense) {
            throw new IllegalArgumentException("the answer makes no sense");
        }
    }

    @GET
    Uni<Page> list(
            @HeaderParam("Authorization") String authorization,
            @QueryParam("orderId") @Nullable String orderId,
            @QueryParam("updatedSince") @Nullable String updatedSince,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") int limit);

    @POST
    Uni<Payment> create(
            @HeaderParam("Authorization") String authorization,
            @HeaderParam("Idempotency-Key") String idempotencyKey,
            PaymentRequest request);

    @POST
    @Path("/{id}/refunds")
    Uni<KnownRefund> refund(
            @HeaderParam("Authorization") String authorization,
            @HeaderParam("Idempotency-Key") String idempotencyKey,
            @PathParam("id") String paymentId,
            RefundRequest request);

    @POST
    @Path("/{id}/cancel")
    Uni<Closed> cancel(@HeaderParam("Authorization") String authorization, @PathParam("id") String paymentId);
}
