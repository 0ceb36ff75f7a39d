package dev.bellhop.order.provider;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
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

    /** What is answered, as far as we read it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Payment(String paymentId, @Nullable String checkoutUrl) {}

    /** How much is to go back. */
    record RefundRequest(long amount) {}

    /** A payment with all that we judge by. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Known(
            String paymentId,
            String orderId,
            long amount,
            String currency,
            String status,
            @Nullable List<KnownRefund> refunds) {}

    /** One refund of it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record KnownRefund(String refundId, long amount, String status) {}

    /** A page of payments. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Page(List<Known> data, @Nullable String nextCursor) {}

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
    Uni<Void> refund(
            @HeaderParam("Authorization") String authorization,
            @HeaderParam("Idempotency-Key") String idempotencyKey,
            @PathParam("id") String paymentId,
            RefundRequest request);

    @POST
    @Path("/{id}/cancel")
    Uni<Void> cancel(@HeaderParam("Authorization") String authorization, @PathParam("id") String paymentId);
}
