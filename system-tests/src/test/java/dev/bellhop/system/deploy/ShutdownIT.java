package dev.bellhop.system.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bellhop.contract.EventHeaders;
import dev.bellhop.contract.Topics;
import dev.bellhop.local.PortPlan;
import dev.bellhop.local.Progress;
import dev.bellhop.local.Service;
import dev.bellhop.local.Suite;
import dev.bellhop.local.SuitePlan;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A pod is stopped by SIGTERM, one after the other, while clients call it on connections that stay open. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShutdownIT {

    private static final int CLIENTS = 8;

    private final Suite suite;
    private final AtomicInteger numbers = new AtomicInteger();

    ShutdownIT(@TempDir Path folder) {
        Set<String> settings =
                Arrays.stream(Service.values()).map(ShutdownIT::settings).collect(Collectors.toSet());
        assertThat(settings).as("the same in all pods").hasSize(1);
        SuitePlan plan = SuitePlan.of(folder, PortPlan.free())
                .with(settings.iterator().next())
                .quickToStart();
        suite = new Suite(plan, Progress.SILENT);
    }

    private static String settings(Service service) {
        Properties settings = Manifests.settings(service.folder());
        return Stream.of("quarkus.shutdown.delay", "quarkus.shutdown.timeout")
                .map(name -> name + "=" + settings.getProperty(name) + "\n")
                .collect(Collectors.joining());
    }

    @BeforeAll
    void start() {
        suite.start();
    }

    @AfterAll
    void stop() {
        suite.close();
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(90)
    void no_call_is_cut_off_and_what_was_accepted_is_kept_once(Service service) throws Exception {
        // Given
        Load load = new Load(service);
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        // The ingress is ready before it has heard of the topic.
        await().atMost(Duration.ofSeconds(20)).until(load::isAccepted);
        for (int i = 0; i < CLIENTS; i++) {
            clients.execute(load::callUntilSentAway);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> load.accepted.size() > 200);

        // When
        long begin = System.nanoTime();
        suite.process(service).stop();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);

        // Then
        clients.shutdown();
        assertThat(clients.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(load.failures).isEmpty();
        assertThat(took).as("ended by itself, not by force").isLessThan(Duration.ofSeconds(18));
        assertThat(kept(service)).containsExactlyInAnyOrderElementsOf(load.accepted);
    }

    private final class Load {

        private final Service service;
        private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
        private final Queue<String> failures = new ConcurrentLinkedQueue<>();

        Load(Service service) {
            this.service = service;
        }

        private boolean isAccepted() throws IOException, InterruptedException {
            String id = newId();
            HttpResponse<String> answer = HttpClient.newHttpClient().send(request(service, id), body());
            return isAccepted(answer) && accepted.add(id);
        }

        /** One connection, as a load balancer keeps it: when the pod says that it is going, the next call goes elsewhere. */
        private void callUntilSentAway() {
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            boolean stays = true;
            while (stays) {
                String id = newId();
                try {
                    HttpResponse<String> answer = client.send(request(service, id), body());
                    if (isAccepted(answer)) {
                        accepted.add(id);
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

        private String newId() {
            return "kept-" + numbers.incrementAndGet();
        }

        private static HttpResponse.BodyHandler<String> body() {
            return HttpResponse.BodyHandlers.ofString();
        }

        private boolean isAccepted(HttpResponse<String> answer) {
            return answer.statusCode() == (service == Service.WEBHOOK_INGRESS ? 202 : 201);
        }
    }

    private HttpRequest request(Service service, String id) {
        return switch (service) {
            case WEBHOOK_INGRESS -> webhook(id);
            case ORDER_SERVICE ->
                creation(service, "/orders", suite.apiKey(), id)
                        .POST(HttpRequest.BodyPublishers.ofString("{\"orderId\":\"" + id
                                + "\",\"customerId\":\"c\",\"currency\":\"USD\","
                                + "\"items\":[{\"productId\":\"article\",\"quantity\":1}]}"))
                        .build();
            case PAYMENT_GATEWAY ->
                creation(service, "/payments", suite.gatewayKey(), id)
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"orderId\":\"" + id + "\",\"amount\":999,\"currency\":\"USD\"}"))
                        .build();
        };
    }

    private HttpRequest.Builder creation(Service service, String path, String key, String id) {
        return HttpRequest.newBuilder(suite.url(service).resolve(path))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", id);
    }

    private HttpRequest webhook(String id) {
        String body = "{\"event\":\"payment_success\",\"orderId\":\"" + id + "\",\"amount\":999,\"status\":\"Paid\"}";
        String timestamp = String.valueOf(Instant.now().getEpochSecond());
        return HttpRequest.newBuilder(suite.url(Service.WEBHOOK_INGRESS).resolve("/webhooks/payments"))
                .header("content-type", "application/json")
                .header("webhook-id", id)
                .header("webhook-timestamp", timestamp)
                .header("webhook-signature", "v1," + signature(id + "." + timestamp + "." + body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private String signature(String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            byte[] key = Base64.getDecoder().decode(suite.webhookSecret().substring("whsec_".length()));
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The ids of all that is there. */
    private List<String> kept(Service service) throws SQLException {
        return switch (service) {
            case WEBHOOK_INGRESS -> published();
            case ORDER_SERVICE -> rows("orders", "select order_id from orders");
            case PAYMENT_GATEWAY -> rows("gateway", "select order_id from payments");
        };
    }

    private List<String> rows(String database, String query) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(suite.stack().jdbcUrl(database), "postgres", "");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }

    /** To the end of each partition. */
    private List<String> published() {
        List<String> ids = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", suite.stack().bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.PAYMENTS).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    ids.add(new String(
                            record.headers().lastHeader(EventHeaders.CE_ID).value(), StandardCharsets.UTF_8));
                }
            }
        }
        return ids;
    }
}
