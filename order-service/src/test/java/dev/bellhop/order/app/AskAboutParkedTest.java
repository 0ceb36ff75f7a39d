package dev.bellhop.order.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bellhop.order.telemetry.OrderMetrics.Reason;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AskAboutParkedTest {

    private static final Instant NOW = Instant.EPOCH;

    private final Parked parked = new Parked();
    private final ReluctantProvider provider = new ReluctantProvider();

    @Test
    void what_a_provider_that_wants_to_be_left_alone_was_not_asked_is_given_back() {
        provider.patience = 1;

        assertThatThrownBy(() -> run(AskingConfig.Details.ON_DOUBT)).isInstanceOf(PaymentProvider.Unavailable.class);

        assertThat(parked.answers).containsExactly(Map.entry("a", ParkedEvents.Answer.DENIED));
        assertThat(parked.postponed).containsExactly("b", "c");
        assertThat(parked.postponedTo).isEqualTo(NOW.plusSeconds(7));
    }

    @Test
    void one_that_is_never_answered_is_given_back_for_ever_longer_and_delays_no_other() {
        provider.mute = "b";

        assertThat(run(AskingConfig.Details.ON_DOUBT)).isEqualTo(3);

        assertThat(parked.answers).containsOnlyKeys("a", "c");
        assertThat(parked.postponed).containsExactly("b");
        assertThat(parked.postponedTo).isEqualTo(NOW.plusSeconds(40));
    }

    @Test
    void a_slow_provider_is_asked_only_for_as_long_as_the_orders_are_ours() {
        provider.takes = Duration.ofSeconds(10);

        assertThat(run(AskingConfig.Details.ON_DOUBT)).isEqualTo(2);

        assertThat(parked.answers).containsOnlyKeys("a", "b");
    }

    @Test
    void each_order_is_asked_about_and_answered() {
        assertThat(run(AskingConfig.Details.ALWAYS)).isEqualTo(3);

        assertThat(provider.reasons).containsExactly(Reason.PARKED, Reason.PARKED, Reason.PARKED);
        assertThat(parked.answers).containsOnlyKeys("a", "b", "c");
        assertThat(parked.latest).isEqualTo(NOW.minus(Duration.ofMinutes(5)));
    }

    @Test
    void nobody_is_asked_where_events_are_believed_as_they_are() {
        assertThat(run(AskingConfig.Details.NEVER)).isZero();

        assertThat(provider.reasons).isEmpty();
    }

    private int run(AskingConfig.Details details) {
        return new AskAboutParked(parked, provider, new DailyAsking(details), provider.clock)
                .run(10)
                .await()
                .atMost(Duration.ofSeconds(5));
    }

    private static final class Parked implements ParkedEvents {

        private final Map<String, Answer> answers = new LinkedHashMap<>();
        private List<String> postponed = List.of();
        private Instant postponedTo = Instant.MIN;
        private Instant latest = Instant.MIN;

        @Override
        public Uni<List<Waiting>> take(int most, Instant upTo, Instant now, Instant until) {
            latest = upTo;
            return Uni.createFrom().item(List.of(new Waiting("a", 0), new Waiting("b", 2), new Waiting("c", 0)));
        }

        @Override
        public Uni<Void> postpone(List<Waiting> orders, Instant next) {
            postponed = orders.stream().map(Waiting::orderId).toList();
            postponedTo = next;
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Void> unanswered(Waiting order, Instant next) {
            return postpone(List.of(order), next);
        }

        @Override
        public Uni<Void> answered(String orderId, Answer answer, Instant asked) {
            answers.put(orderId, answer);
            return Uni.createFrom().voidItem();
        }
    }
}
