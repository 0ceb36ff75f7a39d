package dev.bellhop.testing.sins.messaging;

/** Stands where {@code persistence} must not look. */
public final class Heard {}
