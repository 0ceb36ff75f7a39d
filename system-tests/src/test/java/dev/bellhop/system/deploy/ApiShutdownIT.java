package dev.bellhop.system.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bellhop.local.PortPlan;
import dev.bellhop.local.Progress;
import dev.bellhop.local.Service;
import dev.bellhop.local.Suite;
import dev.bellhop.local.SuitePlan;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A pod with an API is stopped by SIGTERM while clients create things on connections that stay open. */
class ApiShutdownIT {

    private static final int CLIENTS = 8;

    /** What is created, and where it is kept. */
    private enum Creation {
        ORDER(Service.ORDER_SERVICE, "order-service", "/orders", "orders", "select order_id from orders"),
        PAYMENT(Service.PAYMENT_GATEWAY, "payment-gateway", "/payments", "gateway", "select order_id from payments");

        private final Service service;
        private final String settings;
        private final String path;
        private final String database;
        private final String kept;

        Creation(Service service, String settings, String path, String database, String kept) {
            this.service = service;
            this.settings = settings;
            this.path = path;
            this.database = database;
            this.kept = kept;
        }

        String body(String id) {
            return switch (this) {
                case ORDER ->
                    "{\"orderId\":\"" + id + "\",\"customerId\":\"c\",\"currency\":\"USD\","
                            + "\"items\":[{\"productId\":\"article\",\"quantity\":1}]}";
                case PAYMENT -> "{\"orderId\":\"" + id + "\",\"amount\":999,\"currency\":\"USD\"}";
            };
        }

        String key(Suite suite) {
            return switch (this) {
                case ORDER -> suite.apiKey();
                case PAYMENT -> suite.gatewayKey();
            };
        }
    }

    private final Queue<String> created = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger numbers = new AtomicInteger();

    @ParameterizedTest
    @EnumSource
    @Timeout(90)
    void no_call_is_cut_off_and_what_was_created_is_kept(Creation creation, @TempDir Path folder) throws Exception {
        // Given
        Properties settings = Manifests.settings(creation.settings);
        SuitePlan plan = SuitePlan.of(folder, PortPlan.free())
                .only(Set.of(creation.service))
                .with(setting(settings, "delay") + setting(settings, "timeout"));
        try (Suite suite = new Suite(plan, Progress.SILENT)) {
            suite.start();
            URI target = suite.url(creation.service).resolve(creation.path);
            ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
            for (int i = 0; i < CLIENTS; i++) {
                clients.execute(() -> createUntilSentAway(creation, target, creation.key(suite)));
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> created.size() > 200);

            // When
            long begin = System.nanoTime();
            suite.process(creation.service).stop();
            Duration took = Duration.ofNanos(System.nanoTime() - begin);

            // Then
            clients.shutdown();
            assertThat(clients.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            assertThat(failures).isEmpty();
            assertThat(took).as("ended by itself, not by force").isLessThan(Duration.ofSeconds(18));
            assertThat(kept(suite, creation)).containsExactlyInAnyOrderElementsOf(created);
        }
    }

    private static String setting(Properties settings, String name) {
        return "quarkus.shutdown." + name + "=" + settings.getProperty("quarkus.shutdown." + name) + "\n";
    }

    /** One connection, as a load balancer keeps it: when the pod says that it is going, the next call goes elsewhere. */
    private void createUntilSentAway(Creation creation, URI target, String key) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        boolean stays = true;
        while (stays) {
            String id = "kept-" + numbers.incrementAndGet();
            HttpRequest request = HttpRequest.newBuilder(target)
                    .header("Authorization", "Bearer " + key)
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", id)
                    .POST(HttpRequest.BodyPublishers.ofString(creation.body(id)))
                    .build();
            try {
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 201) {
                    created.add(id);
                } else {
                    failures.add(id + ": " + answer.statusCode() + " " + answer.body());
                }
                stays = answer.headers().firstValue("connection").isEmpty();
            } catch (IOException e) {
                failures.add(id + ": " + e);
                stays = false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                stays = false;
            }
        }
    }

    private static List<String> kept(Suite suite, Creation creation) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (Connection connection =
                        DriverManager.getConnection(suite.stack().jdbcUrl(creation.database), "postgres", "");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(creation.kept)) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }
}
