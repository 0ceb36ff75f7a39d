package dev.bellhop.gateway.persistence;

import dev.bellhop.gateway.app.Transaction;
import dev.bellhop.gateway.app.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.function.Function;

@Singleton
final class PostgresTransactions implements Transactions {

    private final Pool pool;

    PostgresTransactions(Pool pool) {
        this.pool = pool;
    }

    @Override
    public <T> Uni<T> run(Function<Transaction, Uni<T>> work) {
        return pool.withTransaction(connection -> work.apply(new PostgresTransaction(connection)));
    }
}
