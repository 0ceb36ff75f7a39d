package dev.bellhop.ingress;

import static dev.bellhop.ingress.Sender.signed;
import static dev.bellhop.ingress.Topic.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.contract.Topics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
        // Given a name that Kafka refuses: a send fails at once, as to a topic that is gone or forbidden
        settings.put("webhooks.sources.github.topic", "no topic of Kafka's has such a name");
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
