package dev.bellhop.order.app;

import dev.bellhop.order.domain.Actor;
import dev.bellhop.order.domain.Cause;
import dev.bellhop.order.domain.Change;
import dev.bellhop.order.domain.Money;
import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.domain.Origin;
import dev.bellhop.order.domain.PaymentFact;
import dev.bellhop.order.domain.PaymentLedger;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Places an order at the catalogue's prices, and applies the payment events that came before it. */
@Singleton
public final class PlaceOrder {

    private final Orders orders;
    private final Pricing pricing;
    private final Doubts doubts;
    private final Clock clock;
    private final SecureRandom random;

    PlaceOrder(Orders orders, Pricing pricing, Doubts doubts, Clock clock, SecureRandom random) {
        this.orders = orders;
        this.pricing = pricing;
        this.doubts = doubts;
        this.clock = clock;
        this.random = random;
    }

    /**
     * What is wanted.
     *
     * @param id null if we choose one
     */
    public record Command(@Nullable OrderId id, String customerId, String currency, List<Wanted> items) {

        public Command {
            items = List.copyOf(items);
        }
    }

    /** One line of it. */
    public record Wanted(String productId, int quantity) {}

    /** Fails with {@link Orders.OrderExists} or {@link Pricing.NotPriced}. */
    @WithTransaction
    public Uni<Order> run(Command command, Actor actor, @Nullable String traceId) {
        OrderId id = command.id() == null ? OrderId.made(clock.instant(), random) : command.id();
        // No event can have come before an id that is made here.
        Uni<Orders.Room> reserved =
                command.id() == null ? Uni.createFrom().item(Orders.Room.FRESH) : orders.reserve(id);
        return pricing.price(command.currency(), command.items())
                .chain(items -> reserved.chain(room -> {
                    Instant now = clock.instant();
                    Money total = Pricing.total(command.currency(), items);
                    return insert(
                            Order.placed(
                                    id, command.customerId(), actor.owner(), total, items, room.version() + 1, now),
                            room.early(),
                            Origin.api(actor, traceId),
                            now);
                }));
    }

    private Uni<Order> insert(Order placed, List<PaymentFact> early, Origin origin, Instant now) {
        List<Change> changes = new ArrayList<>();
        changes.add(placed.since(null, origin));
        Order order = placed.with(PaymentLedger.of(placed.total(), early), now);
        if (order.version() > placed.version()) {
            changes.add(order.since(placed, new Origin(Cause.WEBHOOK, "parked", null, origin.traceId(), null)));
        }
        boolean doubtful = early.stream().anyMatch(fact -> doubts.raisedBy(fact, order));
        Uni<Void> inserted = orders.insert(order, changes, doubtful);
        return (early.isEmpty() ? inserted : inserted.chain(() -> orders.unpark(order.id()))).replaceWith(order);
    }
}
