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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A pod is stopped by SIGTERM while webhooks come in on connections that stay open. */
class ShutdownIT {

    private static final int SENDERS = 8;

    private final Suite suite;
    private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger numbers = new AtomicInteger();

    ShutdownIT(@TempDir Path folder) {
        Properties settings = Manifests.settings("webhook-ingress");
        suite = new Suite(
                SuitePlan.of(folder, PortPlan.free())
                        .only(Set.of(Service.WEBHOOK_INGRESS))
                        .with(setting(settings, "delay") + setting(settings, "timeout")),
                Progress.SILENT);
    }

    private static String setting(Properties settings, String name) {
        return "quarkus.shutdown." + name + "=" + settings.getProperty("quarkus.shutdown." + name) + "\n";
    }

    @AfterEach
    void stop() {
        suite.close();
    }

    @Test
    @Timeout(90)
    void no_call_is_cut_off_and_what_was_accepted_is_stored_once() throws InterruptedException {
        // Given
        suite.start();
        await().atMost(Duration.ofSeconds(20)).until(this::isAccepted);
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        for (int i = 0; i < SENDERS; i++) {
            senders.execute(this::sendUntilSentAway);
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> accepted.size() > 500);

        // When
        long begin = System.nanoTime();
        suite.process(Service.WEBHOOK_INGRESS).stop();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);

        // Then
        senders.shutdown();
        assertThat(senders.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        List<String> stored = stored();
        assertThat(failures).isEmpty();
        assertThat(took).as("ended by itself, not by force").isLessThan(Duration.ofSeconds(18));
        assertThat(stored).containsExactlyInAnyOrderElementsOf(accepted);
    }

    /** One connection, as a load balancer keeps it: when the pod says that it is going, the next call goes elsewhere. */
    private void sendUntilSentAway() {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        boolean stays = true;
        while (stays) {
            String id = "evt_" + numbers.incrementAndGet();
            try {
                HttpResponse<Void> answer = client.send(webhook(id), HttpResponse.BodyHandlers.discarding());
                (answer.statusCode() == 202 ? accepted : failures).add(id);
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

    /** The ingress is ready before it has heard of the topic. */
    private boolean isAccepted() throws IOException, InterruptedException {
        String id = "evt_first_" + numbers.incrementAndGet();
        int status = HttpClient.newHttpClient()
                .send(webhook(id), HttpResponse.BodyHandlers.discarding())
                .statusCode();
        return status == 202 && accepted.add(id);
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

    /** The ids of all records, to the end of each partition. */
    private List<String> stored() {
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
