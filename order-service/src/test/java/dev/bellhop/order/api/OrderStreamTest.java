package dev.bellhop.order.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.order.app.OrderFeed;
import dev.bellhop.order.app.OrderFeed.News;
import dev.bellhop.order.domain.Actor;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.domain.OrderStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrderStreamTest {

    private static final class Client implements Flow.Subscriber<OrderStream.Signal> {

        private final List<Long> versions = new ArrayList<>();
        private int beats;
        private boolean complete;
        private @Nullable Throwable failure;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            // The tests ask by themselves.
        }

        @Override
        public void onNext(OrderStream.Signal signal) {
            News news = signal.news();
            if (news == null) {
                beats++;
            } else {
                versions.add(news.version());
            }
        }

        @Override
        public void onError(Throwable cause) {
            failure = cause;
        }

        @Override
        public void onComplete() {
            complete = true;
        }
    }

    private final Client client = new Client();
    private final AtomicInteger left = new AtomicInteger();

    private OrderStream stream(long known) {
        return new OrderStream(client, "key", new Actor("alice", Actor.Role.CLIENT), known, left::incrementAndGet);
    }

    private static News news(long version) {
        return news(version, OrderStatus.PENDING);
    }

    private static News news(long version, OrderStatus status) {
        return new News(new OrderId("o"), version, status, null);
    }

    @Test
    void what_was_heard_before_the_beginning_follows_it() {
        OrderStream stream = stream(0);
        stream.request(Long.MAX_VALUE);

        stream.changed(news(2));
        stream.changed(news(4));
        stream.begin(List.of(news(3)));

        assertThat(client.versions).containsExactly(3L, 4L);
    }

    /** The beginning may be older than what the database says at a beat, and must not hide what came between. */
    @Test
    void who_has_not_begun_has_heard_of_no_more_than_it_came_with() {
        OrderStream stream = stream(2);
        stream.changed(news(4));
        assertThat(stream.heard()).isEqualTo(2);

        stream.begin(List.of(news(3)));

        assertThat(stream.heard()).isEqualTo(4);
    }

    @Test
    void nothing_comes_twice_or_backwards() {
        OrderStream stream = stream(2);
        stream.request(Long.MAX_VALUE);
        stream.begin(List.of());

        for (long version : new long[] {1, 2, 3, 3, 5, 4, 5, 6}) {
            stream.changed(news(version));
        }

        assertThat(client.versions).containsExactly(3L, 5L, 6L);
    }

    @Test
    void a_slow_client_loses_the_oldest_and_never_the_newest() {
        OrderStream stream = stream(0);
        stream.begin(List.of());
        for (long version = 1; version <= 1_000; version++) {
            stream.changed(news(version));
        }
        stream.changed(news(1_001, OrderStatus.DELIVERED));

        stream.request(Long.MAX_VALUE);

        assertThat(client.versions).hasSize(OrderFeed.MOST).startsWith(986L).endsWith(1_001L);
        assertThat(client.complete).isTrue();
        assertThat(left).hasValue(1);
    }

    @Test
    void it_ends_after_a_final_state_only_when_that_was_sent() {
        OrderStream stream = stream(0);
        stream.begin(List.of(news(1, OrderStatus.CANCELLED)));
        assertThat(client.complete).isFalse();

        stream.request(1);

        assertThat(client.versions).containsExactly(1L);
        assertThat(client.complete).isTrue();
    }

    @Test
    void signs_of_life_do_not_pile_up() {
        OrderStream stream = stream(0);
        stream.begin(List.of());
        for (int i = 0; i < 100; i++) {
            stream.beat();
        }

        stream.request(Long.MAX_VALUE);

        assertThat(client.beats).isEqualTo(1);
    }

    @Test
    void it_ends_when_its_order_is_removed() {
        // Given
        OrderStream stream = stream(0);
        stream.request(Long.MAX_VALUE);
        stream.begin(List.of(news(1)));

        // When
        stream.gone();
        stream.changed(news(2));

        // Then
        assertThat(client.versions).containsExactly(1L);
        assertThat(client.complete).isTrue();
        assertThat(left).hasValue(1);
    }

    @Test
    void it_begins_before_it_ends() {
        // Given
        OrderStream stream = stream(0);
        stream.request(Long.MAX_VALUE);

        // When
        stream.gone();
        boolean endedAtOnce = client.complete;
        stream.begin(List.of(news(1)));

        // Then
        assertThat(endedAtOnce).isFalse();
        assertThat(client.versions).containsExactly(1L);
        assertThat(client.complete).isTrue();
    }

    @Test
    void who_is_gone_hears_nothing_more() {
        OrderStream stream = stream(0);
        stream.request(Long.MAX_VALUE);
        stream.begin(List.of());

        stream.cancel();
        stream.cancel();
        stream.changed(news(1));

        assertThat(client.versions).isEmpty();
        assertThat(left).hasValue(1);
    }

    @Test
    void a_beginning_that_cannot_be_read_ends_the_stream() {
        OrderStream stream = stream(0);

        stream.fail(new IllegalStateException("no database"));

        assertThat(client.failure).hasMessage("no database");
        assertThat(left).hasValue(1);
    }
}
