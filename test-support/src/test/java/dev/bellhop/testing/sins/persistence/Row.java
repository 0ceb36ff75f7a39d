package dev.bellhop.testing.sins.persistence;

/** Stands where {@code api} must not look. */
public final class Row {}
