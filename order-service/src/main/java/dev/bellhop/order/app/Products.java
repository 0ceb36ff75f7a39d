package dev.bellhop.order.app;

import dev.bellhop.order.domain.Money;
import dev.bellhop.order.domain.Product;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Port: the catalogue. */
public interface Products {

    /** Fails with {@link NoSuchProduct}. */
    Uni<Product> get(String productId);

    /**
     * Products by id, from behind {@code after}.
     *
     * @param text a part of the name, in any case; null for all
     */
    Uni<List<Product>> search(@Nullable String text, @Nullable String after, int limit);

    /** The prices of those that exist. */
    Uni<Map<String, Money>> prices(Collection<String> productIds);

    /** A new product. Fails with {@link ProductExists}. */
    Uni<Void> add(Product product);

    /** Makes it so, whether it was there or not; whether it is new. Orders keep the price at which they were placed. */
    Uni<Boolean> put(Product product);

    /** Fails with {@link NoSuchProduct}. Orders that name it stay as they are. */
    Uni<Void> remove(String productId);

    /** There is no such product. */
    final class NoSuchProduct extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public NoSuchProduct() {
            super("there is no such product");
        }
    }

    /** The id is taken. */
    final class ProductExists extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public ProductExists() {
            super("there is a product with this id");
        }
    }
}
