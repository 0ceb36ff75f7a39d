package dev.bellhop.order.domain;

/**
 * One line of an order.
 *
 * @param amount the price of one piece when it was ordered, minor units of the order's currency
 */
public record Item(String productId, int quantity, long amount) {

    public Item {
        if (quantity < 1 || amount < 0) {
            throw new IllegalArgumentException("an item has at least one piece and no negative price");
        }
    }
}
