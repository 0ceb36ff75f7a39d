package dev.bellhop.order;

import static dev.bellhop.order.Story.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bellhop.order.app.ForgetOldEvents;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is old is forgotten, however much there is of it. */
@QuarkusTest
@TestProfile(EventsProfile.class)
class UpkeepIT {

    private static final String ASKED_LONG_AGO =
            """
            insert into question_log (order_id, at, reason, means, payments, status, moved)
            select 'long-ago-' || n, now() - interval '1 year', 'reconciliation', 'alone', 0, 'Pending', false
            from generate_series(1, 2500) as n
            """;

    private static final String EVENTS =
            """
            insert into inbox (source, event_id, type, order_id, headers, body, received_at, processed_at, outcome, reason)
            select 'upkeep', event_id, 'payment_success', event_id, '{}', '', now() - age, now() - age, outcome, reason
            from (values
                ('applied long ago', interval '1 year', 'applied', null),
                ('denied long ago', interval '1 year', 'parked', 'order_unknown_denied_by_provider'),
                ('parked long ago', interval '1 year', 'parked', 'order_unknown_paid_at_provider'),
                ('applied a month ago', interval '30 days', 'applied', null)) as t (event_id, age, outcome, reason)
            """;

    private static final String EVENTS_LEFT = "select event_id from inbox where source = 'upkeep'";

    private static final String KEYS =
            """
            insert into idempotency_key (owner, operation, key, fingerprint, status, body, created_at)
            select 'upkeep', 'place', 'of yesterday', '', 201, '', now() - interval '1 day'
            union all
            select 'upkeep', 'place', 'older ' || n, '', 201, '', now() - interval '49 hours'
            from generate_series(1, 5000) as n
            """;

    private static final String KEYS_LEFT = "select key from idempotency_key where owner = 'upkeep'";

    private static final String LEFT = "select count(*) from question_log where order_id like 'long-ago-%'";

    @Inject
    ForgetOldEvents forgetOldEvents;

    @Inject
    Pool pool;

    /** As where webhooks are lost: the more is asked. */
    @Test
    void questions_are_forgotten_though_there_were_no_events() {
        // Given
        pool.query(ASKED_LONG_AGO).execute().await().atMost(SOON);

        // When
        forgetOldEvents.run().await().atMost(SOON);

        // Then
        assertThat(pool.query(LEFT)
                        .execute()
                        .map(rows -> rows.iterator().next().getLong(0))
                        .await()
                        .atMost(SOON))
                .isZero();
    }

    /** An event that waits for its order does so however long; one that may be delivered again is known. */
    @Test
    void of_events_the_old_ones_are_forgotten_but_those_that_wait_for_an_order() {
        // Given
        pool.query(EVENTS).execute().await().atMost(SOON);

        // When
        forgetOldEvents.run().await().atMost(SOON);

        // Then
        assertThat(texts(EVENTS_LEFT)).containsExactlyInAnyOrder("parked long ago", "applied a month ago");
    }

    @Test
    void the_answers_of_calls_are_kept_for_two_days_however_many_they_are() {
        // When
        pool.query(KEYS).execute().await().atMost(SOON);

        // Then
        await().atMost(SOON).until(() -> texts(KEYS_LEFT).size() < 2);
        assertThat(texts(KEYS_LEFT)).containsExactly("of yesterday");
    }

    private List<String> texts(String query) {
        List<String> texts = new ArrayList<>();
        pool.query(query).execute().await().atMost(SOON).forEach(row -> texts.add(row.getString(0)));
        return texts;
    }
}
