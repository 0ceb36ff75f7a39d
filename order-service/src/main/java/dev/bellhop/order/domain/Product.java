package dev.bellhop.order.domain;

/** Something that can be ordered, at a price for one piece. */
public record Product(String productId, String name, Money price) {

    public Product {
        if (productId.isEmpty() || name.isEmpty() || price.amount() < 1) {
            throw new IllegalArgumentException("a product has an id, a name and a price");
        }
    }
}
