package dev.bellhop.order;

import static dev.bellhop.order.Story.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.order.app.ForgetOldEvents;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
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
}
