package dev.bellhop.gateway.app;

import dev.bellhop.gateway.domain.Delivery;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Port: the way to a merchant. */
public interface MerchantEndpoint {

    /** Signs and sends, and waits for the answer within a deadline. Never fails: trouble is a {@link Reply} too. */
    Uni<Reply> send(Delivery delivery, Instant timestamp);

    /**
     * What came back.
     *
     * @param status null if nothing did
     * @param answer the first bytes of the body
     * @param error why nothing came back
     * @param retryAfter how long the receiver asked to be left alone
     */
    record Reply(
            @Nullable Integer status,
            @Nullable String answer,
            @Nullable String error,
            @Nullable Duration retryAfter,
            Duration duration) {}
}
