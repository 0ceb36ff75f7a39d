package dev.bellhop.order.persistence;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.impl.MutinySessionImpl;
import org.hibernate.reactive.pool.ReactiveConnection;
import org.jspecify.annotations.Nullable;

/**
 * Statements as they are written, on the connection of the caller's session and in its transaction. Hibernate Reactive's own
 * native queries cost twice as much: it plans each anew and keeps the plan (its ReactiveResultSetMapping has no equals). There is
 * no public way to the connection. What entities have still to write is written at the end, after these. Statements that are
 * begun without waiting for each other go out together, and are done in that order.
 */
final class Statements {

    private Statements() {}

    /** The rows, each by the places of its columns. */
    static Uni<List<Object[]>> read(String statement, @Nullable Object... values) {
        return onConnection(connection -> connection.select(statement, values)).map(rows -> {
            List<Object[]> all = new ArrayList<>();
            rows.forEachRemaining(all::add);
            return all;
        });
    }

    /** How many rows it wrote. */
    static Uni<Integer> write(String statement, @Nullable Object... values) {
        return onConnection(connection -> connection.update(statement, values));
    }

    private static <T> Uni<T> onConnection(Function<ReactiveConnection, CompletionStage<T>> work) {
        return Panache.getSession().chain(session -> Uni.createFrom()
                .completionStage(() -> work.apply(((MutinySessionImpl) session).getReactiveConnection())));
    }
}
