package dev.bellhop.order.app;

import dev.bellhop.order.app.ApiKeys.Unauthenticated;
import dev.bellhop.order.domain.Actor;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.domain.OrderStatus;
import dev.bellhop.order.telemetry.OrderMetrics;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells this instance's watchers of orders what changes, whichever instance changed it: news come from
 * {@code orders.events}. Each {@link #catchUp} looks into the database as well, and tells from the history what watchers have
 * not heard yet: nobody waits for a state, or skips one, because the broker is late or away.
 */
@Singleton
public final class OrderFeed {

    /** So many of an order's changes wait for a watcher at most; older ones make room. */
    public static final int MOST = 16;

    private final Positions positions;
    private final Callers callers;
    private final Map<OrderId, Set<Watcher>> watchers = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean closed;

    OrderFeed(Positions positions, Callers callers, OrderMetrics metrics) {
        this.positions = positions;
        this.callers = callers;
        metrics.watching(count);
    }

    /**
     * An order's state after a change.
     *
     * @param at when it changed; null if only the state is known
     */
    public record News(OrderId orderId, long version, OrderStatus status, @Nullable Instant at) {}

    /** Somebody who watches one order. Called by any thread; must not block. News may repeat and come late. */
    public interface Watcher {

        /** The newest version that it has heard of, or begun with; it needs nothing older. */
        long heard();

        void changed(News news);

        /** The key or token that it came with. */
        String bearer();

        /** Whose that is. */
        Actor actor();

        /** Nothing follows: the order was removed, its key or token is not good any more, or this instance is going. */
        void gone();

        /** Nothing may have changed for a while, and all is well. */
        void beat();
    }

    /** Where an order stands, and whose it is. */
    public record Place(OrderId orderId, String owner, long version) {}

    /** Port: where many orders stand. */
    public interface Positions {

        /** Of those that exist. */
        Uni<Collection<Place>> of(Collection<OrderId> orderIds);

        /** Of each order the changes behind a version, oldest first; the newest {@link #MOST} if there are more. */
        Uni<List<News>> since(Map<OrderId, Long> versions);
    }

    /** From now on the watcher hears of the order. */
    public void watch(OrderId orderId, Watcher watcher) {
        watchers.compute(orderId, (id, known) -> {
            Set<Watcher> all = known == null ? ConcurrentHashMap.newKeySet() : known;
            all.add(watcher);
            return all;
        });
        count.incrementAndGet();
        if (closed) {
            watcher.gone();
        }
    }

    /** From now on it does not; repeating it does nothing. */
    public void leave(OrderId orderId, Watcher watcher) {
        watchers.computeIfPresent(orderId, (id, all) -> {
            if (all.remove(watcher)) {
                count.decrementAndGet();
            }
            return all.isEmpty() ? null : all;
        });
    }

    /** This instance is going: from now on nobody watches for longer than it takes to begin. They come back to another. */
    public void close() {
        closed = true;
        watchers.values().forEach(all -> all.forEach(Watcher::gone));
    }

    /** Whether anybody here does. */
    public boolean isWatched(OrderId orderId) {
        return watchers.containsKey(orderId);
    }

    /** How many watch. */
    public int watching() {
        return count.get();
    }

    /** Something changed. */
    public void changed(News news) {
        watchers.getOrDefault(news.orderId(), Set.of()).forEach(watcher -> watcher.changed(news));
    }

    /** The order was removed. */
    public void gone(OrderId orderId) {
        watchers.getOrDefault(orderId, Set.of()).forEach(Watcher::gone);
    }

    /** Shows everybody that the line is alive. */
    public void beat() {
        watchers.values().forEach(all -> all.forEach(Watcher::beat));
    }

    /** Tells what the database knows and watchers don't. */
    public Uni<Void> catchUp() {
        Set<OrderId> watched = Set.copyOf(watchers.keySet());
        return positions
                .of(watched)
                .invoke(found -> endRemoved(watched, found))
                .invoke(this::endHidden)
                .map(this::behind)
                .chain(positions::since)
                .invoke(missed -> missed.forEach(this::changed))
                .replaceWithVoid();
    }

    /** Ends what is watched by a key or token that is not good any more. Where that cannot be told now, all goes on. */
    public Uni<Void> endRefused() {
        Map<String, List<Watcher>> byBearer =
                watchers.values().stream().flatMap(Set::stream).collect(Collectors.groupingBy(Watcher::bearer));
        return Multi.createFrom()
                .iterable(byBearer.entrySet())
                .onItem()
                .transformToUniAndConcatenate(group -> endIfRefused(group.getKey(), group.getValue()))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> endIfRefused(String bearer, List<Watcher> all) {
        return callers.holder(bearer)
                .onFailure(Unauthenticated.class)
                .invoke(() -> all.forEach(Watcher::gone))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    /** Where a watcher has not heard of an order's last change: what the one furthest behind has heard of. */
    private Map<OrderId, Long> behind(Collection<Place> found) {
        Map<OrderId, Long> behind = new HashMap<>();
        for (Place place : found) {
            watchers.getOrDefault(place.orderId(), Set.of()).stream()
                    .map(Watcher::heard)
                    .filter(heard -> heard < place.version())
                    .min(Long::compare)
                    .ifPresent(heard -> behind.put(place.orderId(), heard));
        }
        return behind;
    }

    private void endRemoved(Set<OrderId> watched, Collection<Place> found) {
        Set<OrderId> there = found.stream().map(Place::orderId).collect(Collectors.toUnmodifiableSet());
        watched.stream().filter(orderId -> !there.contains(orderId)).forEach(this::gone);
    }

    /** An order that was removed unheard may have made room for somebody else's. */
    private void endHidden(Collection<Place> found) {
        for (Place place : found) {
            watchers.getOrDefault(place.orderId(), Set.of()).stream()
                    .filter(watcher -> !watcher.actor().sees(place.owner()))
                    .forEach(Watcher::gone);
        }
    }
}
