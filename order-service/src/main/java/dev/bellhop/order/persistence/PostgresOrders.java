package dev.bellhop.order.persistence;

import static dev.bellhop.order.persistence.Columns.at;

import dev.bellhop.order.app.AskingConfig;
import dev.bellhop.order.app.EventBatches;
import dev.bellhop.order.app.Orders;
import dev.bellhop.order.app.Questions;
import dev.bellhop.order.domain.Actor;
import dev.bellhop.order.domain.Change;
import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.domain.OrderStatus;
import dev.bellhop.order.domain.PaymentFact;
import dev.bellhop.order.domain.ReviewReason;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Singleton
final class PostgresOrders implements Orders, PanacheRepositoryBase<OrderRow, String> {

    private static final String POSITION = "select owner, status, version from orders where order_id = $1";

    /** The other side of {@link PostgresEventBatches}: whoever parks an event of this bucket has committed, or waits. */
    private static final String RESERVE =
            "select pg_advisory_xact_lock(" + Buckets.CLASS + ", " + Buckets.OF_ONE + ")::text";

    private static final String KNOWN =
            """
            select (select version from orders where order_id = $1),
                coalesce((select version from removed_order where order_id = $1), 0)""";

    /** No payment was asked for yet. */
    private static final String INSERT =
            """
            insert into orders (order_id, owner, customer_id, amount, currency, items, stage, standing, captured, refunded,
                failed_payments, status, review_reason, version, created_at, updated_at, doubtful, next_ask)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
            """;

    private static final String KEEP_VERSION =
            """
            insert into removed_order (order_id, version) values ($1, $2)
            on conflict (order_id) do update set version = excluded.version""";

    /** Locks in the order in which batches of events do. */
    private static final String PARKED_ARE_APPLIED =
            """
            with ours as (
                select source, event_id from inbox where order_id = $1 and outcome = 'parked'
                order by source collate "C", event_id collate "C"
                for update)
            update inbox set outcome = 'applied', reason = null from ours
            where inbox.source = ours.source and inbox.event_id = ours.event_id
            """;

    private static final String FORGET_HISTORY = "delete from order_history where order_id = $1";

    private static final String EXPECT_CLOSING =
            "update orders set closing_since = $2, next_ask = $3, unclosed = null where order_id = $1";

    /** What the provider denied is no money, and needs no settling; if it turns out to be true, somebody must know. */
    private static final String RULE =
            """
            update payment_fact set ruling = $2
            where order_id = $1 and kind = 'CAPTURED' and ruling <> 'DISMISSED'
                and (ruling <> 'DENIED' or $3)
            """;

    private final Pool pool;
    private final OrderListing listing;
    private final AskingConfig asking;

    PostgresOrders(Pool pool, AskingConfig asking) {
        this.pool = pool;
        this.listing = new OrderListing(pool);
        this.asking = asking;
    }

    @Override
    @WithSession
    public Uni<Order> get(OrderId id, Actor actor) {
        return findById(id.value()).map(row -> seen(row, actor));
    }

    @Override
    public Uni<Order> lock(OrderId id, Actor actor) {
        return findById(id.value(), LockModeType.PESSIMISTIC_WRITE).map(row -> seen(row, actor));
    }

    private static Order seen(@Nullable OrderRow row, Actor actor) {
        if (row == null || !actor.sees(row.owner)) {
            throw new NoSuchOrder();
        }
        return row.toOrder();
    }

    @Override
    public Uni<Position> position(OrderId id, Actor actor) {
        return pool.preparedQuery(POSITION).execute(Tuple.of(id.value())).map(rows -> {
            for (Row row : rows) {
                if (actor.sees(row.getString("owner"))) {
                    return new Position(OrderStatus.of(row.getString("status")), row.getLong("version"));
                }
            }
            throw new NoSuchOrder();
        });
    }

    @Override
    @WithSession
    public Uni<List<Change>> history(OrderId id, long after, int most) {
        return Panache.getSession()
                .chain(session -> session.createQuery(
                                "from HistoryRow where orderId = :id and version > :after order by version",
                                HistoryRow.class)
                        .setParameter("id", id.value())
                        .setParameter("after", after)
                        .setMaxResults(most)
                        .getResultList())
                .map(rows -> rows.stream().map(HistoryRow::toChange).toList());
    }

    @Override
    public Uni<Room> reserve(OrderId id) {
        return Statements.read(RESERVE, id.value())
                .chain(locked -> Statements.read(KNOWN, id.value()))
                .chain(rows -> {
                    Object[] known = rows.get(0);
                    if (known[0] != null) {
                        throw new OrderExists();
                    }
                    return facts(id).map(early -> new Room(early, (Long) known[1]));
                });
    }

    @Override
    @WithSession
    public Uni<List<PaymentFact>> facts(OrderId id) {
        return Panache.getSession()
                .chain(session -> session.createQuery("from FactRow where orderId = :id", FactRow.class)
                        .setParameter("id", id.value())
                        .getResultList())
                .map(rows -> rows.stream().map(FactRow::toFact).toList());
    }

    @Override
    public Uni<Void> rule(OrderId id, PaymentFact.Ruling ruling, boolean alsoDenied) {
        return Statements.write(RULE, id.value(), ruling.name(), alsoDenied).replaceWithVoid();
    }

    @Override
    public Uni<Void> unpark(OrderId id) {
        return Statements.write(PARKED_ARE_APPLIED, id.value()).replaceWithVoid();
    }

    @Override
    public Uni<Void> insert(Order order, List<Change> changes, boolean doubtful) {
        Instant nextAsk = doubtful ? order.createdAt() : order.createdAt().plus(asking.delay());
        ReviewReason reason = order.reviewReason();
        Uni<Integer> inserted = Statements.write(
                INSERT,
                order.id().value(),
                order.owner(),
                order.customerId(),
                order.total().amount(),
                order.total().currency(),
                OrderRow.write(order.items()),
                order.stage().name(),
                order.ledger().standing().name(),
                order.ledger().captured(),
                order.ledger().refunded(),
                order.ledger().failedPayments(),
                order.status().word(),
                reason == null ? null : reason.word(),
                order.version(),
                at(order.createdAt()),
                at(order.updatedAt()),
                doubtful,
                at(nextAsk));
        return Uni.combine().all().unis(inserted, add(order, changes)).discardItems();
    }

    /** To the history and the outbox. */
    private static Uni<Integer> add(Order order, List<Change> changes) {
        Object[] columns = MovedColumns.changes(List.of(new EventBatches.Moved(order, changes)))
                .toArray();
        return Statements.write(PostgresBatch.ADD_CHANGES, columns);
    }

    @Override
    public Uni<Void> update(Order order, Change change) {
        return keep(order).chain(() -> add(order, List.of(change))).replaceWithVoid();
    }

    @Override
    public Uni<Void> keep(Order order) {
        return findById(order.id().value()).invoke(row -> row.take(order)).replaceWithVoid();
    }

    @Override
    public Uni<Void> expectClosing(OrderId id, Instant since) {
        return Statements.write(EXPECT_CLOSING, id.value(), at(since), at(since.plus(Questions.TAKEN)))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> remove(Order order, Change change) {
        // Told, and forgotten with all the rest.
        return add(order, List.of(change))
                .chain(() -> Statements.write(FORGET_HISTORY, order.id().value()))
                .chain(() -> Statements.write(KEEP_VERSION, order.id().value(), change.version()))
                .chain(() -> deleteById(order.id().value()))
                .replaceWithVoid();
    }

    @Override
    public Uni<Found> find(Filter filter, Actor actor, @Nullable Place after, int most) {
        return listing.find(filter, actor, after, most);
    }
}
