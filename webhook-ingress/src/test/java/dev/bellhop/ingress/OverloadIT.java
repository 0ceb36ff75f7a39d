package dev.bellhop.ingress;

import static dev.bellhop.ingress.Sender.signed;
import static dev.bellhop.ingress.Topic.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.contract.Topics;
import dev.bellhop.testing.SharedStack;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The packaged service in a small heap, offered three times what it can take, because its broker takes 100 ms for each
 * answer. {@code -Doverload.seconds=600} does so for ten minutes.
 */
class OverloadIT {

    private static final Duration SPELL = Duration.ofSeconds(Integer.getInteger("overload.seconds", 8));
    private static final int ROOM = 50;
    private static final int CONNECTIONS = 256;
    private static final Duration BROKER = Duration.ofMillis(100);
    private static final int CAPACITY = (int) (ROOM * 1000 / BROKER.toMillis());
    private static final int OFFERED = 3 * CAPACITY;
    private static final long MOST_MEGABYTES = 450;
    private static final Duration EARLY = Duration.ofSeconds(2);
    private static final String BODY = "{\"event\":\"payment_success\",\"orderId\":\"12345\"}";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient(
            new HttpClientOptions().setMaxPoolSize(CONNECTIONS).setMaxWaitQueueSize(-1));
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();

    private record Answer(String id, int status, boolean saysWhen, Duration took) {}

    @AfterEach
    void close() {
        var unused = vertx.close();
    }

    @Test
    void what_is_too_much_is_refused_early_and_what_was_accepted_is_on_the_topic() throws IOException {
        // Given
        try (SlowLink link = new SlowLink(SharedStack.get().bootstrapServers());
                Topic topic = Topic.fromNow(Topics.PAYMENTS)) {
            IngressProcess ingress = new IngressProcess(Map.of(
                    "kafka.bootstrap.servers", link.address(), "webhooks.in-flight.deliveries", String.valueOf(ROOM)));
            try {
                link.delay(BROKER);

                // When
                int sent = offer(ingress);
                Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> answers.size() == sent);

                // Then
                assertThat(answers).allMatch(answer -> answer.status() == 202 || answer.status() == 503);
                assertThat(answers).filteredOn(answer -> answer.status() == 503).allMatch(Answer::saysWhen);
                assertThat(slowestOfAHundred(503)).isLessThan(EARLY);
                assertThat(answers.stream()
                                .filter(answer -> answer.status() == 202)
                                .count())
                        .as("accepted of %d within %s", sent, SPELL)
                        .isBetween(CAPACITY * SPELL.toSeconds() / 3, CAPACITY * SPELL.toSeconds() * 11 / 10);
                assertThat(ingress.residentMegabytes()).isLessThan(MOST_MEGABYTES);
                assertThat(missing(topic)).isEmpty();
            } finally {
                ingress.kill();
            }
        }
    }

    /** At a constant rate, whatever is answered; how many were sent. */
    private int offer(IngressProcess ingress) {
        long begin = System.nanoTime();
        int sent = 0;
        while (System.nanoTime() - begin < SPELL.toNanos()) {
            long due = (System.nanoTime() - begin) * OFFERED / 1_000_000_000;
            for (; sent < due; sent++) {
                send(ingress);
            }
            LockSupport.parkNanos(1_000_000);
        }
        return sent;
    }

    private void send(IngressProcess ingress) {
        String id = UUID.randomUUID().toString();
        var unused = client.request(HttpMethod.POST, ingress.root().getPort(), "127.0.0.1", "/webhooks/payments")
                .compose(request -> answered(request, id))
                .otherwise(failure -> new Answer(id, 0, false, Duration.ZERO))
                .onSuccess(answers::add);
    }

    private static Future<Answer> answered(HttpClientRequest request, String id) {
        signed(id, Instant.now(), BODY).forEach(request::putHeader);
        long begin = System.nanoTime();
        return request.send(BODY).compose(response -> response.end()
                .map(end -> new Answer(
                        id,
                        response.statusCode(),
                        response.getHeader("Retry-After") != null,
                        Duration.ofNanos(System.nanoTime() - begin))));
    }

    /** All but the slowest hundredth took no longer. */
    private Duration slowestOfAHundred(int status) {
        var took = answers.stream()
                .filter(answer -> answer.status() == status)
                .map(Answer::took)
                .sorted()
                .toList();
        return took.get(took.size() * 99 / 100);
    }

    private Set<String> missing(Topic topic) {
        Set<String> missing = new HashSet<>();
        answers.stream().filter(answer -> answer.status() == 202).forEach(answer -> missing.add(answer.id()));
        Instant deadline = Instant.now().plusSeconds(30);
        while (!missing.isEmpty() && Instant.now().isBefore(deadline)) {
            topic.poll(Duration.ofMillis(100)).forEach(record -> missing.remove(header(record, "ce_id")));
        }
        return missing;
    }
}
