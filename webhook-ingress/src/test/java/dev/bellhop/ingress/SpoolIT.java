package dev.bellhop.ingress;

import static dev.bellhop.ingress.Sender.signed;
import static dev.bellhop.ingress.Topic.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.contract.Topics;
import dev.bellhop.testing.SharedStack;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service with a spool, and a broker that does not take everything. */
class SpoolIT {

    private static final String PAYMENT = "{\"event\":\"payment_success\",\"orderId\":\"o\"}";

    private final String github = "webhooks.github." + UUID.randomUUID();
    private final Map<String, String> settings = new HashMap<>();
    private final List<IngressProcess> started = new ArrayList<>();

    @BeforeEach
    void spool(@TempDir Path folder) {
        settings.put("webhooks.spool.directory", folder.toString());
        for (String source : List.of("github", "payments")) {
            settings.put("webhooks.sources." + source + ".spool", "true");
        }
        settings.put("webhooks.sources.github.topic", github);
    }

    @AfterEach
    void kill() {
        started.forEach(IngressProcess::kill);
    }

    @Test
    void a_topic_that_nobody_may_write_holds_up_no_other_source() {
        // Given a topic that only Kafka writes: a send fails, as to one that is gone or forbidden
        settings.put("webhooks.sources.github.topic", "__consumer_offsets");
        Sender sender = new Sender(start().root());
        push(sender, "waits");
        try (Topic payments = Topic.fromNow(Topics.PAYMENTS)) {
            // When
            String id = UUID.randomUUID().toString();
            pay(sender, id);

            // Then
            assertThat(payments.until(id)).isNotEmpty();
        }
        assertThat(started.get(0).metric("webhook_spool_bytes")).isPositive();
    }

    @Test
    void a_name_that_kafka_refuses_delays_no_other_source() {
        // Given
        settings.put("webhooks.sources.github.topic", "__consumer_offsets");
        Sender sender = new Sender(start().root());

        for (String source : List.of("payments", "large", "slow", "zipped")) {
            // When
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> answer(sender, source).compareTo(Duration.ofMillis(900)) < 0);
        }
    }

    private static Duration answer(Sender sender, String source) {
        long begin = System.nanoTime();
        sender.post("/webhooks/" + source, signed(UUID.randomUUID().toString(), Instant.now(), PAYMENT), PAYMENT);
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Test
    void what_waits_for_one_topic_goes_on_in_order_once_it_can_and_nobody_elses_comes_twice() {
        // Given
        try (Topic blocked = Topic.fromNow(github);
                Topic payments = Topic.fromNow(Topics.PAYMENTS)) {
            Sender sender = new Sender(start().root());
            push(sender, "zero");
            Topic.block(github);

            // When
            push(sender, "one");
            push(sender, "two");
            String id = UUID.randomUUID().toString();
            pay(sender, id);
            List<ConsumerRecord<String, byte[]>> paid = new ArrayList<>(payments.until(id));
            assertThat(started.get(0).metric("webhook_spool_bytes")).isPositive();
            Topic.unblock(github);
            push(sender, "three");

            // Then
            assertThat(ids(blocked.until("three"))).containsExactly("zero", "one", "two", "three");
            String last = UUID.randomUUID().toString();
            pay(sender, last);
            paid.addAll(payments.until(last));
            assertThat(paid).extracting(record -> header(record, "ce_id")).containsExactly(id, last);
        }
    }

    @Test
    void what_waits_for_a_topic_that_its_source_has_no_more_goes_there_and_holds_up_no_other_source() {
        // Given
        try (Topic former = Topic.fromNow(github);
                Topic payments = Topic.fromNow(Topics.PAYMENTS)) {
            Topic.block(github);
            push(new Sender(start().root()), "waits");
            kill();
            Topic.unblock(github);

            // When
            settings.put("webhooks.sources.github.topic", "webhooks.github." + UUID.randomUUID());
            Sender sender = new Sender(start().root());

            // Then
            assertThat(ids(former.until("waits"))).containsExactly("waits");
            String id = UUID.randomUUID().toString();
            pay(sender, id);
            assertThat(payments.until(id)).isNotEmpty();
        }
    }

    @Test
    void what_was_under_way_when_the_broker_went_goes_to_the_spool_in_order_and_before_what_is_newer()
            throws IOException {
        // Given
        try (SlowLink link = new SlowLink(SharedStack.get().bootstrapServers());
                Topic topic = Topic.fromNow(github)) {
            settings.put("kafka.bootstrap.servers", link.address());
            IngressProcess ingress = start();
            Sender sender = new Sender(ingress.root());
            push(sender, "before");

            // When
            link.delay(Duration.ofSeconds(10));
            List<CompletableFuture<Void>> underWay = new ArrayList<>();
            for (String id : List.of("a", "b", "c", "d")) {
                underWay.add(CompletableFuture.runAsync(() -> push(sender, id)));
                Awaitility.await().until(() -> ingress.metric("webhook_in_flight") == underWay.size());
            }
            underWay.forEach(CompletableFuture::join);
            push(sender, "newer");
            link.delay(Duration.ZERO);
            push(sender, "newest");

            // Then
            assertThat(ids(topic.until("newest"))).containsExactly("before", "a", "b", "c", "d", "newer", "newest");
        }
    }

    @Test
    void a_directory_that_cannot_be_used_stops_the_boot_and_is_named(@TempDir Path folder) throws IOException {
        Path inTheWay = Files.createFile(folder.resolve("github"));
        settings.put("webhooks.spool.directory", folder.toString());

        String said = IngressProcess.refusal(settings);

        assertThat(said).startsWith("exit 1").contains("webhooks.spool.directory: cannot be used", inTheWay.toString());
    }

    @Test
    void what_would_be_lost_with_a_folder_that_was_deleted_is_refused(@TempDir Path folder) throws IOException {
        // Given
        settings.put("webhooks.spool.directory", folder.toString());
        settings.put("webhooks.sources.github.topic", "__consumer_offsets");
        IngressProcess ingress = start();
        Sender sender = new Sender(ingress.root());
        push(sender, "waits");
        Files.delete(folder.resolve("github").resolve("events.log"));

        // When
        String body = "{\"repository\":{\"full_name\":\"octo/repo\"}}";
        HttpResponse<String> answer = sender.post("/webhooks/github", ProvidersIT.github(body, "push", "lost"), body);

        // Then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("2");
        assertThat(ingress.metric("webhook_spool_bytes")).isPositive();
        assertThat(ingress.metric("webhook_spool_damaged_bytes")).isZero();
    }

    private IngressProcess start() {
        IngressProcess ingress = new IngressProcess(settings);
        started.add(ingress);
        return ingress;
    }

    private static Stream<String> ids(List<ConsumerRecord<String, byte[]>> records) {
        return records.stream()
                .map(record -> String.valueOf(header(record, "ce_id")))
                .distinct();
    }

    private static void pay(Sender sender, String id) {
        assertThat(sender.post("/webhooks/payments", signed(id, Instant.now(), PAYMENT), PAYMENT)
                        .statusCode())
                .isEqualTo(202);
    }

    private static void push(Sender sender, String id) {
        String body = "{\"n\":\"" + id + "\",\"repository\":{\"full_name\":\"octo/repo\"}}";
        assertThat(sender.post("/webhooks/github", ProvidersIT.github(body, "push", id), body)
                        .statusCode())
                .isEqualTo(202);
    }
}
