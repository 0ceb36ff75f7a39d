package dev.bellhop.order.persistence;

/**
 * Advisory locks between who parks an event and who places its order: without them each could commit without having seen
 * the other. Orders share 256 of them, so that a large batch needs few locks.
 */
final class Buckets {

    /** First key of the two-key advisory locks that are ours for this. */
    static final String CLASS = "7301";

    static final String OF_ONE = "hashtext($1) & 255";

    static final String OF_MANY = "hashtext(order_id) & 255";

    private Buckets() {}
}
