package dev.bellhop.order.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AskingConfigTest {

    private final AskingConfig config = new DailyAsking(AskingConfig.Details.ON_DOUBT);

    @Test
    void a_question_that_is_not_answered_again_and_again_is_repeated_ever_more_rarely() {
        assertThat(config.pauseAfter(0)).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.pauseAfter(1)).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.pauseAfter(4)).isEqualTo(Duration.ofSeconds(160));
    }

    @Test
    void it_is_repeated_soon_after_an_outage_however_long_that_was() {
        assertThat(config.pauseAfter(5)).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.pauseAfter(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(5));
    }
}
