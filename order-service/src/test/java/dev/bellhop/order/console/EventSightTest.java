package dev.bellhop.order.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bellhop.order.app.InboxLog;
import dev.bellhop.order.domain.Outcome;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventSightTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    order_unknown                      | The provider was not asked about it.
                    order_unknown_paid_at_provider     | The provider says that it was paid.
                    order_unknown_unpaid_at_provider   | The provider knows it, but says that it was not paid.
                    order_unknown_denied_by_provider   | The provider knows no payment of it.
                    """)
    void what_the_provider_said_of_an_order_that_nobody_placed_is_in_words(String reason, String words) {
        InboxLog.Entry entry = new InboxLog.Entry(
                "payments",
                "evt_1",
                "payment_success",
                "12345",
                null,
                "{}",
                new byte[0],
                0,
                Instant.EPOCH,
                Instant.EPOCH,
                Outcome.PARKED,
                reason,
                1);

        assertThat(EventSight.of(entry, new ObjectMapper()).askedAbout()).isEqualTo(words);
    }

    @Test
    void a_header_that_a_stranger_made_long_is_shown_by_its_beginning() {
        String kept = "{\"ce_type\":\"" + "x".repeat(1 << 20) + "\",\"ce_id\":\"evt_1\"}";

        List<EventSight.Header> headers = EventSight.headers(kept, new ObjectMapper());

        assertThat(headers)
                .containsExactly(
                        new EventSight.Header("ce_type", "x".repeat(4096) + " …"),
                        new EventSight.Header("ce_id", "evt_1"));
    }
}
