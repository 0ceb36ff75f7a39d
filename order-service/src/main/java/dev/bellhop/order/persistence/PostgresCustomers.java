package dev.bellhop.order.persistence;

import static dev.bellhop.order.persistence.Columns.at;

import dev.bellhop.order.app.Customers;
import dev.bellhop.order.domain.Customer;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Clock;

@Singleton
final class PostgresCustomers implements Customers {

    private static final String GET =
            "select customer_id, name, email from customer where owner = $1 and customer_id = $2";

    private static final String ADD =
            """
            insert into customer (owner, customer_id, name, email, version, created_at, updated_at)
            values ($1, $2, $3, $4, 1, $5, $5) on conflict do nothing
            """;

    private static final String PUT =
            """
            insert into customer (owner, customer_id, name, email, version, created_at, updated_at)
            values ($1, $2, $3, $4, 1, $5, $5)
            on conflict (owner, customer_id) do update set name = excluded.name, email = excluded.email,
                version = customer.version + 1, updated_at = excluded.updated_at
            returning version = 1 as is_new
            """;

    private final Pool pool;
    private final Clock clock;

    PostgresCustomers(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    @Override
    public Uni<Customer> get(String owner, String customerId) {
        return pool.preparedQuery(GET).execute(Tuple.of(owner, customerId)).map(rows -> {
            for (Row row : rows) {
                return new Customer(row.getString("customer_id"), row.getString("name"), row.getString("email"));
            }
            throw new NoSuchCustomer();
        });
    }

    @Override
    @WithTransaction
    public Uni<Void> add(String owner, Customer customer) {
        return Statements.write(
                        ADD, owner, customer.customerId(), customer.name(), customer.email(), at(clock.instant()))
                .invoke(added -> {
                    if (added == 0) {
                        throw new CustomerExists();
                    }
                })
                .replaceWithVoid();
    }

    @Override
    public Uni<Boolean> put(String owner, Customer customer) {
        return pool.preparedQuery(PUT)
                .execute(row(owner, customer))
                .map(rows -> rows.iterator().next().getBoolean("is_new"));
    }

    private Tuple row(String owner, Customer customer) {
        return Tuple.of(owner, customer.customerId(), customer.name(), customer.email(), at(clock.instant()));
    }
}
