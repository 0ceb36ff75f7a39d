package dev.bellhop.order.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RelayOutboxTest {

    private static final int MANY = 100_000_500;

    private final AtomicInteger waiting = new AtomicInteger(MANY);

    @Test
    void however_much_waits_all_of_it_is_relayed() {
        RelayOutbox relayOutbox =
                new RelayOutbox(new Full(), entries -> Uni.createFrom().voidItem());

        assertThat(relayOutbox.run().await().atMost(Duration.ofSeconds(30))).isEqualTo(MANY);
    }

    private final class Full implements Outbox {

        @Override
        public Uni<Integer> relay(int most, Function<List<Entry>, Uni<Void>> publish) {
            int relayed = Math.min(most, waiting.get());
            waiting.addAndGet(-relayed);
            return Uni.createFrom().item(relayed);
        }
    }
}
