package dev.bellhop.order.app;

import dev.bellhop.order.domain.Item;
import dev.bellhop.order.domain.Money;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What an order costs, by the catalogue. */
@Singleton
public final class Pricing {

    private final Products products;

    Pricing(Products products) {
        this.products = products;
    }

    /** The items with their prices. Fails with {@link NotPriced}. */
    Uni<List<Item>> price(String currency, List<PlaceOrder.Wanted> wanted) {
        List<String> ids =
                wanted.stream().map(PlaceOrder.Wanted::productId).distinct().toList();
        return products.prices(ids).map(prices -> items(currency, wanted, prices));
    }

    private static List<Item> items(String currency, List<PlaceOrder.Wanted> wanted, Map<String, Money> prices) {
        List<Item> items = new ArrayList<>();
        for (PlaceOrder.Wanted line : wanted) {
            Money price = prices.get(line.productId());
            if (price == null) {
                throw new NotPriced("unknown_product", "there is no product " + line.productId());
            }
            if (!price.currency().equals(currency)) {
                throw new NotPriced(
                        "currency_differs",
                        line.productId() + " is sold in " + price.currency() + ", not in " + currency);
            }
            items.add(new Item(line.productId(), line.quantity(), price.amount()));
        }
        return items;
    }

    static Money total(String currency, List<Item> items) {
        try {
            Money total = new Money(0, currency);
            for (Item item : items) {
                total = total.plus(new Money(item.amount(), currency).times(item.quantity()));
            }
            if (total.amount() <= Money.LARGEST) {
                return total;
            }
        } catch (ArithmeticException e) {
            // told below
        }
        throw new NotPriced("amount_too_large", "the total is more than " + Money.LARGEST);
    }

    /** The catalogue has no price for it. */
    public static final class NotPriced extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String code;

        NotPriced(String code, String detail) {
            super(detail);
            this.code = code;
        }

        /** {@code unknown_product}, {@code currency_differs} or {@code amount_too_large}. */
        public String code() {
            return code;
        }
    }
}
