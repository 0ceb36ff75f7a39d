package dev.bellhop.order.domain;

import org.jspecify.annotations.Nullable;

/** Whom a client sells to. Orders name customers, but need no entry here. */
public record Customer(String customerId, String name, @Nullable String email) {}
