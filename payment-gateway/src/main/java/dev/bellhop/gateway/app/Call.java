package dev.bellhop.gateway.app;

import dev.bellhop.gateway.domain.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, and how.
 *
 * @param traceparent the W3C trace context to hand on
 * @param key how a repetition of this call is recognised
 */
public record Call(Caller caller, @Nullable String traceparent, @Nullable IdempotencyKey key) {}
