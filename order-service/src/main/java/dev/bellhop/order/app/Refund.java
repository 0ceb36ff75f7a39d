package dev.bellhop.order.app;

/**
 * One refund, as it is asked for.
 *
 * @param amount minor units
 * @param attempt the same for what must not be given back twice
 */
record Refund(String paymentId, long amount, String attempt) {}
