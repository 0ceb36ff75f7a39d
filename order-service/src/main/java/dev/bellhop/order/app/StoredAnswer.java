package dev.bellhop.order.app;

import org.jspecify.annotations.Nullable;

/** An answer as it went over the wire, so that a repeated call gets the same. */
public record StoredAnswer(int status, @Nullable String location, @Nullable String etag, String body) {}
