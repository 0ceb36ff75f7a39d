package dev.bellhop.order.persistence;

import static dev.bellhop.order.persistence.Columns.at;

import dev.bellhop.order.app.Products;
import dev.bellhop.order.domain.Money;
import dev.bellhop.order.domain.Product;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Singleton
final class PostgresProducts implements Products {

    private static final String GET = "select product_id, name, amount, currency from product where product_id = $1";

    private static final String SEARCH =
            """
            select product_id, name, amount, currency from product
            where product_id > $1 and ($2::text is null or lower(name) like $2)
            order by product_id limit $3
            """;

    private static final String PRICES = "select product_id, amount, currency from product where product_id = any($1)";

    private static final String ADD =
            """
            insert into product (product_id, name, amount, currency, version, created_at, updated_at)
            values ($1, $2, $3, $4, 1, $5, $5) on conflict do nothing
            """;

    private static final String PUT =
            """
            insert into product (product_id, name, amount, currency, version, created_at, updated_at)
            values ($1, $2, $3, $4, 1, $5, $5)
            on conflict (product_id) do update set name = excluded.name, amount = excluded.amount,
                currency = excluded.currency, version = product.version + 1, updated_at = excluded.updated_at
            returning version = 1 as is_new
            """;

    private static final String REMOVE = "delete from product where product_id = $1";

    private final Pool pool;
    private final Clock clock;

    PostgresProducts(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    @Override
    public Uni<Product> get(String productId) {
        return pool.preparedQuery(GET).execute(Tuple.of(productId)).map(rows -> {
            for (Row row : rows) {
                return product(row);
            }
            throw new NoSuchProduct();
        });
    }

    @Override
    public Uni<List<Product>> search(@Nullable String text, @Nullable String after, int limit) {
        return pool.preparedQuery(SEARCH)
                .execute(Tuple.of(after == null ? "" : after, text == null ? null : containing(text), limit))
                .map(PostgresProducts::products);
    }

    /** A pattern for {@code like}; what was typed means itself. */
    private static String containing(String text) {
        return "%" + text.toLowerCase(Locale.ROOT).replaceAll("([\\\\%_])", "\\\\$1") + "%";
    }

    private static List<Product> products(RowSet<Row> rows) {
        List<Product> products = new ArrayList<>();
        rows.forEach(row -> products.add(product(row)));
        return products;
    }

    /** On the caller's connection: who holds one and waits for another can wait for ever. */
    @Override
    @WithSession
    public Uni<Map<String, Money>> prices(Collection<String> productIds) {
        return Statements.read(PRICES, (Object) productIds.toArray(String[]::new))
                .map(rows -> {
                    Map<String, Money> prices = new HashMap<>();
                    rows.forEach(row -> prices.put((String) row[0], new Money((Long) row[1], (String) row[2])));
                    return prices;
                });
    }

    @Override
    @WithTransaction
    public Uni<Void> add(Product product) {
        return Statements.write(
                        ADD,
                        product.productId(),
                        product.name(),
                        product.price().amount(),
                        product.price().currency(),
                        at(clock.instant()))
                .invoke(added -> {
                    if (added == 0) {
                        throw new ProductExists();
                    }
                })
                .replaceWithVoid();
    }

    @Override
    public Uni<Boolean> put(Product product) {
        return pool.preparedQuery(PUT)
                .execute(row(product))
                .map(rows -> rows.iterator().next().getBoolean("is_new"));
    }

    @Override
    public Uni<Void> remove(String productId) {
        return pool.preparedQuery(REMOVE)
                .execute(Tuple.of(productId))
                .invoke(rows -> {
                    if (rows.rowCount() == 0) {
                        throw new NoSuchProduct();
                    }
                })
                .replaceWithVoid();
    }

    private Tuple row(Product product) {
        return Tuple.of(
                product.productId(),
                product.name(),
                product.price().amount(),
                product.price().currency(),
                at(clock.instant()));
    }

    private static Product product(Row row) {
        return new Product(
                row.getString("product_id"),
                row.getString("name"),
                new Money(row.getLong("amount"), row.getString("currency")));
    }
}
