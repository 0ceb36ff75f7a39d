package dev.bellhop.ingress;

import static dev.bellhop.ingress.Sender.signed;
import static dev.bellhop.ingress.Topic.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.contract.Topics;
import dev.bellhop.testing.SharedStack;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service, killed. */
class CrashIT {

    private static final String PAYMENT = "{\"event\":\"payment_success\",\"orderId\":\"o\"}";

    @Test
    void whatever_was_acknowledged_before_a_kill_under_load_is_on_the_topic() throws InterruptedException {
        // Given
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        try (Topic topic = Topic.fromNow(Topics.PAYMENTS)) {
            IngressProcess ingress = new IngressProcess(Map.of());
            CountDownLatch many = new CountDownLatch(2000);
            List<Thread> senders = Stream.generate(
                            () -> new Thread(() -> sendUntilItBreaks(ingress, acknowledged, many)))
                    .limit(16)
                    .toList();
            // When
            senders.forEach(Thread::start);
            assertThat(many.await(60, TimeUnit.SECONDS)).isTrue();
            ingress.kill();
            for (Thread sender : senders) {
                sender.join();
            }
            // Then
            Set<String> missing = new HashSet<>(acknowledged);
            Instant deadline = Instant.now().plusSeconds(20);
            while (!missing.isEmpty() && Instant.now().isBefore(deadline)) {
                topic.poll(Duration.ofMillis(100)).forEach(record -> missing.remove(header(record, "ce_id")));
            }
            assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(2000);
            assertThat(missing).isEmpty();
        }
    }

    private static void sendUntilItBreaks(IngressProcess ingress, Queue<String> acknowledged, CountDownLatch many) {
        Sender sender = new Sender(ingress.root());
        try {
            while (true) {
                String id = UUID.randomUUID().toString();
                HttpResponse<String> answer =
                        sender.post("/webhooks/payments", signed(id, Instant.now(), PAYMENT), PAYMENT);
                if (answer.statusCode() == 202) {
                    acknowledged.add(id);
                    many.countDown();
                }
            }
        } catch (IllegalStateException e) {
            // killed
        }
    }

    @Test
    void what_the_spool_took_while_the_broker_was_away_survives_a_kill_and_arrives_in_order(@TempDir Path spool) {
        // Given
        Map<String, String> settings =
                Map.of("webhooks.spool.directory", spool.toString(), "webhooks.sources.github.spool", "true");
        List<String> accepted = new ArrayList<>();
        try (Topic topic = Topic.fromNow("webhooks.github")) {
            IngressProcess ingress = new IngressProcess(settings);
            Sender sender = new Sender(ingress.root());
            // When
            push(sender, "before", accepted);
            SharedStack.get().kafka().stop();
            try {
                for (int i = 0; i < 50; i++) {
                    push(sender, "away" + i, accepted);
                }
                assertThat(sender.post("/webhooks/payments", signed("x", Instant.now(), PAYMENT), PAYMENT)
                                .statusCode())
                        .isEqualTo(503);
                ingress.kill();
            } finally {
                SharedStack.get().kafka().start();
            }
            ingress.restart();
            push(sender, "after", accepted);
            // Then
            List<ConsumerRecord<String, byte[]>> records = topic.until("after");
            assertThat(records.stream().map(record -> header(record, "ce_id")).distinct())
                    .containsExactlyElementsOf(accepted);
            assertThat(records).allSatisfy(record -> assertThat(record.key()).isEqualTo("octo/repo"));
            ingress.kill();
        }
    }

    @Test
    void what_the_broker_never_takes_holds_up_nobody(@TempDir Path spool) throws IOException {
        // Given
        String name = "webhooks.limited." + UUID.randomUUID();
        Topic.limit(name, 100_000);
        List<String> accepted = new ArrayList<>();
        try (Topic topic = Topic.fromNow(name)) {
            IngressProcess ingress = new IngressProcess(Map.of(
                    "webhooks.spool.directory",
                    spool.toString(),
                    "webhooks.sources.github.spool",
                    "true",
                    "webhooks.sources.github.topic",
                    name));
            Sender sender = new Sender(ingress.root());

            // When
            SharedStack.get().kafka().stop();
            try {
                push(sender, "small", accepted);
                push(sender, "large", "x".repeat(200_000), accepted);
                push(sender, "last", accepted);
            } finally {
                SharedStack.get().kafka().start();
            }

            // Then
            assertThat(topic.until("last").stream()
                            .map(record -> header(record, "ce_id"))
                            .distinct())
                    .containsExactly(accepted.get(0), accepted.get(2));
            Path aside = spool.resolve("github").resolve("set-aside.log");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> Files.exists(aside)
                            && Files.readString(aside, StandardCharsets.ISO_8859_1)
                                    .contains("x".repeat(200_000)));
            ingress.kill();
        }
    }

    private static void push(Sender sender, String id, List<String> accepted) {
        push(sender, id, id, accepted);
    }

    private static void push(Sender sender, String id, String note, List<String> accepted) {
        String body = "{\"n\":\"" + note + "\",\"repository\":{\"full_name\":\"octo/repo\"}}";
        assertThat(sender.post("/webhooks/github", ProvidersIT.github(body, "push", id), body)
                        .statusCode())
                .isEqualTo(202);
        accepted.add(id);
    }
}
