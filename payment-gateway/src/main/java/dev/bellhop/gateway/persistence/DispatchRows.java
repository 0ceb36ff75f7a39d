package dev.bellhop.gateway.persistence;

import dev.bellhop.gateway.domain.Dispatch;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Dispatches as the columns that {@code unnest} makes rows of. */
final class DispatchRows {

    private DispatchRows() {}

    static Tuple of(List<Dispatch> dispatches) {
        return Tuple.from(Arrays.asList(
                column(dispatches, Dispatch::eventId, String[]::new),
                column(dispatches, dispatch -> dispatch.dropped() ? "dropped" : "pending", String[]::new),
                column(dispatches, dispatch -> Times.of(dispatch.dueAt()), OffsetDateTime[]::new),
                column(dispatches, Dispatch::copy, Integer[]::new),
                column(dispatches, Dispatch::inOrder, Boolean[]::new),
                column(dispatches, Dispatch::held, Boolean[]::new),
                column(dispatches, dispatch -> FaultJson.encode(dispatch.faults()), String[]::new)));
    }

    private static <C> C[] column(List<Dispatch> rows, Function<Dispatch, C> value, IntFunction<C[]> array) {
        return rows.stream().map(value).toArray(array);
    }
}
