package dev.bellhop.order.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.order.app.OrderFeed.News;
import dev.bellhop.order.domain.Actor;
import dev.bellhop.order.domain.Caller;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.domain.OrderStatus;
import dev.bellhop.order.domain.Scope;
import dev.bellhop.order.telemetry.OrderMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OrderFeedTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private static final OrderId SLOW = new OrderId("slow");
    private static final OrderId QUIET = new OrderId("quiet");

    /** Both orders stand at their third version. */
    private static final class InMemoryPositions implements OrderFeed.Positions {

        private Map<OrderId, Long> asked = Map.of();
        private String owner = "alice";

        @Override
        public Uni<Collection<OrderFeed.Place>> of(Collection<OrderId> orderIds) {
            return Uni.createFrom()
                    .item(orderIds.stream()
                            .map(id -> new OrderFeed.Place(id, owner, 3))
                            .toList());
        }

        @Override
        public Uni<List<News>> since(Map<OrderId, Long> versions) {
            asked = versions;
            return Uni.createFrom()
                    .item(versions.entrySet().stream()
                            .flatMap(known -> LongStream.rangeClosed(known.getValue() + 1, 3)
                                    .mapToObj(version -> news(known.getKey(), version)))
                            .toList());
        }
    }

    /** Of one key it is known that it was revoked, of another nothing can be known. */
    private static final class Bearers implements ApiKeys, AccessTokens {

        @Override
        public boolean take(String bearer) {
            return false;
        }

        @Override
        public Uni<Caller> holder(String bearer) {
            return switch (bearer) {
                case "revoked" -> Uni.createFrom().failure(new Unauthenticated());
                case "unknown" -> Uni.createFrom().failure(new IllegalStateException("the database is away"));
                default -> Uni.createFrom().item(new Caller("key", "alice", Set.of(Scope.ORDERS_READ)));
            };
        }

        @Override
        public Uni<List<ApiKey>> all() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<NewKey> create(String owner, Set<Scope> scopes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<ApiKey> revoke(String keyId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<NewKey> rotate(String keyId) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Listener implements OrderFeed.Watcher {

        private final List<Long> versions = new ArrayList<>();
        private final String bearer;
        private final long begun;
        private boolean gone;

        Listener(long begun) {
            this("good", begun);
        }

        Listener(String bearer, long begun) {
            this.bearer = bearer;
            this.begun = begun;
        }

        @Override
        public String bearer() {
            return bearer;
        }

        @Override
        public Actor actor() {
            return bearer.equals("operator")
                    ? new Actor("operator", Actor.Role.OPERATOR)
                    : new Actor("alice", Actor.Role.CLIENT);
        }

        @Override
        public long heard() {
            return begun;
        }

        @Override
        public void changed(News news) {
            if (!gone) {
                versions.add(news.version());
            }
        }

        @Override
        public void gone() {
            gone = true;
        }

        @Override
        public void beat() {
            // It is silent.
        }
    }

    private final InMemoryPositions positions = new InMemoryPositions();
    private final Bearers bearers = new Bearers();
    private final OrderFeed feed =
            new OrderFeed(positions, new Callers(bearers, bearers), new OrderMetrics(new SimpleMeterRegistry()));

    private static News news(OrderId order, long version) {
        return new News(order, version, OrderStatus.PENDING, null);
    }

    @Test
    void a_look_tells_all_that_the_watcher_furthest_behind_has_not_heard_and_asks_for_nothing_else() {
        // Given
        Listener behind = new Listener(1);
        feed.watch(SLOW, behind);
        feed.watch(SLOW, new Listener(3));
        Listener upToDate = new Listener(3);
        feed.watch(QUIET, upToDate);

        // When
        feed.catchUp().await().atMost(SOON);

        // Then
        assertThat(behind.versions).containsExactly(2L, 3L);
        assertThat(upToDate.versions).isEmpty();
        assertThat(List.of(behind.gone, upToDate.gone)).containsOnly(false);
        assertThat(positions.asked).isEqualTo(Map.of(SLOW, 1L));
    }

    @Test
    void who_watched_an_order_that_made_room_for_somebody_elses_does_not_hear_of_that() {
        // Given
        Listener alice = new Listener(1);
        Listener operator = new Listener("operator", 1);
        feed.watch(SLOW, alice);
        feed.watch(SLOW, operator);
        positions.owner = "bob";

        // When
        feed.catchUp().await().atMost(SOON);

        // Then
        assertThat(alice.gone).isTrue();
        assertThat(alice.versions).isEmpty();
        assertThat(operator.gone).isFalse();
        assertThat(operator.versions).containsExactly(2L, 3L);
    }

    @Test
    void who_would_be_refused_now_watches_no_longer() {
        // Given
        Listener good = new Listener("good", 1);
        Listener unknown = new Listener("unknown", 1);
        List<Listener> revoked = List.of(new Listener("revoked", 1), new Listener("revoked", 1));
        feed.watch(SLOW, revoked.get(0));
        feed.watch(SLOW, good);
        feed.watch(SLOW, unknown);
        feed.watch(QUIET, revoked.get(1));

        // When
        feed.endRefused().await().atMost(SOON);

        // Then
        assertThat(revoked).allMatch(listener -> listener.gone);
        assertThat(List.of(good.gone, unknown.gone)).containsOnly(false);
    }

    @Test
    void once_it_is_closed_nothing_follows_for_who_watches_and_for_who_comes() {
        // Given
        Listener before = new Listener(1);
        Listener after = new Listener(1);
        feed.watch(SLOW, before);

        // When
        feed.close();
        feed.watch(QUIET, after);

        // Then
        assertThat(before.gone).isTrue();
        assertThat(after.gone).isTrue();
    }
}
