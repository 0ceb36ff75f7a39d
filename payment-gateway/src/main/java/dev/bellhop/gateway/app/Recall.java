package dev.bellhop.gateway.app;

import org.jspecify.annotations.Nullable;

/** What is known about an idempotency key: the earlier answer, or nothing because this is the first call. */
public record Recall(@Nullable Answer answer) {}
