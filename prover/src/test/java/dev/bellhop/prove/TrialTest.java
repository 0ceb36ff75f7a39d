package dev.bellhop.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.local.Http;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrialTest {

    @Test
    void what_it_sets_has_the_same_digits_everywhere() {
        Trial trial = new Trial(1, 1, 42, List.of(), Trial.Pace.NORMAL, Map.of(), "");
        Locale here = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));

            assertThat(Http.json(trial.plan()).path("seed").asLong()).isEqualTo(42);
            assertThat(trial.paced().lines())
                    .contains(
                            "orders.asking.delay=" + Trial.Pace.NORMAL.askedAfter(),
                            "orders.asking.expire-after=" + Trial.Pace.NORMAL.expiresAfter(),
                            "webhooks.in-flight.deliveries=" + Breaker.ROOM);
        } finally {
            Locale.setDefault(here);
        }
    }
}
