package dev.bellhop.gateway.app;

import dev.bellhop.gateway.domain.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, and how.
 *
 * @param traceparent the W3C trace context to hand on
 * @param brought whether that trace is the caller's own, and not one that began here
 * @param key how a repetition of this call is recognised
 */
public record Call(Caller caller, @Nullable String traceparent, boolean brought, @Nullable IdempotencyKey key) {

    /** What happens in this call belongs to the caller's trace, else to that of whoever created the payment. */
    @Nullable
    String ownTrace() {
        return brought ? traceparent : null;
    }
}
