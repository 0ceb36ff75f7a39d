package dev.bellhop.gateway.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.gateway.TestKeys;
import dev.bellhop.gateway.app.DeliveryConfig;
import dev.bellhop.gateway.app.WebhookEndpoints;
import dev.bellhop.gateway.domain.Attempt;
import dev.bellhop.gateway.domain.Attempt.Outcome;
import dev.bellhop.gateway.domain.Endpoint;
import dev.bellhop.gateway.domain.SignatureStyle;
import dev.bellhop.gateway.domain.SigningSecret;
import dev.bellhop.testing.RealPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestKeys.class)
class AttemptLogIT {

    private static final URI URL = URI.create("http://127.0.0.1:1/hooks");
    private static final long FORGOTTEN = -1;
    private static final int ATTEMPTS = 100;

    @Inject
    DataSource database;

    @Inject
    Pool pool;

    @Inject
    DatabaseSession session;

    @Inject
    DeliveryConfig config;

    @Inject
    Clock clock;

    @Inject
    WebhookEndpoints endpoints;

    @BeforeEach
    void endpoint() {
        Instant now = clock.instant();
        Endpoint endpoint = new Endpoint(
                "we_busy",
                "merchant",
                URL,
                SignatureStyle.STRIPE,
                List.of(new SigningSecret("whsec_0123456789abcdef", null)),
                Set.of(),
                null,
                0,
                null,
                null,
                null,
                now);
        endpoints.insert(endpoint).await().atMost(Duration.ofSeconds(10));
    }

    @AfterEach
    void forget() {
        endpoints.delete("we_busy").await().atMost(Duration.ofSeconds(10));
    }

    /** Each instance has a log of its own. Whoever is paid meanwhile has a lock on the endpoint that is to hear of it. */
    @Test
    void many_instances_record_attempts_to_one_endpoint_while_others_are_paid() throws Exception {
        // Given
        AtomicBoolean done = new AtomicBoolean();
        List<CompletableFuture<Void>> payments = Stream.generate(() -> CompletableFuture.runAsync(() -> pay(done)))
                .limit(3)
                .toList();

        // When
        List<Uni<Integer>> logs = Stream.generate(() -> recordOneByOne(new AttemptLog(pool, session, config, clock)))
                .limit(3)
                .toList();
        List<Integer> recorded;
        try {
            recorded = Uni.join().all(logs).andCollectFailures().await().atMost(Duration.ofMinutes(1));
        } finally {
            done.set(true);
        }

        // Then
        assertThat(recorded).containsOnly(ATTEMPTS);
        for (CompletableFuture<Void> payment : payments) {
            payment.get(10, TimeUnit.SECONDS);
        }
    }

    private void pay(AtomicBoolean done) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (!done.get()) {
                statement.execute("select pg_sleep(0.003) from webhook_endpoints where id = 'we_busy' for key share");
                connection.commit();
            }
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Uni<Integer> recordOneByOne(AttemptLog log) {
        return Multi.createFrom()
                .range(0, ATTEMPTS)
                .onItem()
                .transformToUniAndConcatenate(each -> log.append(attempt()).replaceWith(each))
                .collect()
                .asList()
                .map(List::size);
    }

    private Attempt attempt() {
        return new Attempt(
                FORGOTTEN,
                "we_busy",
                URL,
                1,
                clock.instant(),
                Duration.ofMillis(1),
                200,
                null,
                null,
                Outcome.DELIVERED,
                null,
                List.of());
    }
}
