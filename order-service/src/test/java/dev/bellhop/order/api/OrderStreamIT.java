package dev.bellhop.order.api;

import static dev.bellhop.order.api.Shop.as;
import static dev.bellhop.order.api.Shop.happens;
import static dev.bellhop.order.api.Shop.json;
import static dev.bellhop.order.api.Shop.placed;
import static dev.bellhop.order.api.Shop.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bellhop.contract.Topics;
import dev.bellhop.order.app.OrderFeed;
import dev.bellhop.testing.Described;
import dev.bellhop.testing.SharedStack;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiProfile.class)
class OrderStreamIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject
    Pool pool;

    @Inject
    OrderFeed feed;

    @Inject
    Scheduler scheduler;

    @Inject
    KafkaClientService kafka;

    @Inject
    @ConfigProperty(name = "mp.messaging.incoming.order-changes.group.id")
    String group;

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void a_watcher_sees_the_state_at_once_then_each_change_and_the_end() throws Exception {
        // Given
        String id = placed();
        HttpResponse<InputStream> stream = open(id, "");
        Reader reader = new Reader(stream.body());
        assertThat(reader.next("status")).contains("\"status\":\"Pending\"").contains("id:1");

        // When
        happens(id, "payment_success", 999, "pay-of-" + id, null);

        // Then
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(stream.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        assertThat(stream.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(stream.headers().firstValue("X-Request-Id")).isPresent();
        assertThat(reader.next("status")).contains("\"status\":\"Paid\"").contains("id:2");
        as(TestKeys.ALICE).post("/orders/" + id + "/ship").then().statusCode(200);
        assertThat(reader.next("status")).contains("\"status\":\"Shipped\"").contains("id:3");
        as(TestKeys.ALICE).post("/orders/" + id + "/deliver").then().statusCode(200);
        assertThat(reader.next("status")).contains("\"status\":\"Delivered\"").contains("id:4");
        assertThat(reader.isOver()).isTrue();
    }

    @Test
    void who_comes_back_gets_what_it_missed_and_nothing_twice() throws Exception {
        // Given
        String id = Shop.paid();
        int version = as(TestKeys.ALICE).get("/orders/" + id).path("version");
        as(TestKeys.ALICE).post("/orders/" + id + "/ship").then().statusCode(200);
        as(TestKeys.ALICE).post("/orders/" + id + "/deliver").then().statusCode(200);

        // When
        Reader reader = new Reader(open(id, String.valueOf(version)).body());

        // Then
        assertThat(reader.next("status")).contains("\"status\":\"Shipped\"").contains("id:" + (version + 1));
        assertThat(reader.next("status")).contains("\"status\":\"Delivered\"").contains("id:" + (version + 2));
        assertThat(reader.isOver()).isTrue();
        assertThat(open(id, String.valueOf(version + 2)).statusCode()).isEqualTo(204);
    }

    @Test
    void nobody_skips_a_state_though_the_broker_tells_it_late() throws Exception {
        // Given
        String id = placed();
        Reader newcomer = new Reader(open(id, "").body());
        Reader returned = new Reader(open(id, "1").body());
        newcomer.next("status");
        scheduler.pause();
        kafka.getConsumer("order-changes").pause().await().atMost(SOON);
        try {
            happens(id, "payment_success", 999, "pay-of-" + id, null);
            Shop.awaitStatus(id, "Paid");
            as(TestKeys.ALICE).post("/orders/" + id + "/ship").then().statusCode(200);

            // When
            feed.catchUp().await().atMost(SOON);

            // Then
            for (Reader reader : List.of(newcomer, returned)) {
                assertThat(reader.next("status"))
                        .contains("\"status\":\"Paid\"")
                        .contains("id:2")
                        .contains("\"at\"");
                assertThat(reader.next("status"))
                        .contains("\"status\":\"Shipped\"")
                        .contains("id:3");
            }
        } finally {
            kafka.getConsumer("order-changes").resume().await().atMost(SOON);
            scheduler.resume();
        }
        as(TestKeys.ALICE).post("/orders/" + id + "/deliver").then().statusCode(200);
        for (Reader reader : List.of(newcomer, returned)) {
            assertThat(reader.next("status"))
                    .contains("\"status\":\"Delivered\"")
                    .contains("id:4");
            assertThat(reader.isOver()).isTrue();
        }
    }

    @Test
    void nobody_skips_a_state_though_the_broker_took_us_for_dead() throws Exception {
        // Given
        String id = placed();
        Reader reader = new Reader(open(id, "").body());
        reader.next("status");
        scheduler.pause();
        kafka.getConsumer("order-changes").pause().await().atMost(SOON);
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", SharedStack.get().bootstrapServers()))) {
            Set<String> before = listening(admin);

            // When
            admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                    .all()
                    .get();
            happens(id, "payment_success", 999, "pay-of-" + id, null);
            Shop.awaitStatus(id, "Paid");
            await().atMost(SOON)
                    .until(() -> !listening(admin).isEmpty() && Collections.disjoint(listening(admin), before));
        } finally {
            kafka.getConsumer("order-changes").resume().await().atMost(SOON);
            scheduler.resume();
        }

        // Then
        as(TestKeys.ALICE).post("/orders/" + id + "/ship").then().statusCode(200);
        assertThat(reader.next("status")).contains("\"status\":\"Paid\"").contains("id:2");
        assertThat(reader.next("status")).contains("\"status\":\"Shipped\"").contains("id:3");
    }

    /** Who hears of changes, as the broker knows them; nobody while it deals out the partitions. */
    private Set<String> listening(Admin admin) throws Exception {
        return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
                .flatMap(described -> described.members().stream())
                .filter(member -> !member.assignment().topicPartitions().isEmpty())
                .map(MemberDescription::consumerId)
                .collect(Collectors.toSet());
    }

    @Test
    void a_change_whose_type_is_missing_is_told_all_the_same() throws Exception {
        // Given
        String id = placed();
        Reader reader = new Reader(open(id, "").body());
        reader.next("status");

        // When
        String event = "{\"orderId\":\"" + id + "\",\"status\":\"Paid\",\"version\":2,"
                + "\"occurredAt\":\"2026-01-01T00:00:00Z\"}";
        Shop.sent(Topics.ORDERS, id, event.getBytes(StandardCharsets.UTF_8), Map.of());

        // Then
        assertThat(reader.next("\"Paid\"")).contains("id:2");
    }

    @Test
    void what_is_no_change_keeps_no_change_from_being_told() throws Exception {
        // Given
        String id = placed();
        Reader reader = new Reader(open(id, "").body());
        reader.next("status");

        // When
        Shop.sentAtOnce(
                Topics.ORDERS,
                id,
                null,
                "null",
                "{}",
                "{\"orderId\":\"" + id + "\",\"version\":2}",
                "{\"status\":\"Paid\",\"version\":2}",
                "{\"orderId\":\"" + id + "\",\"status\":\"Shipped\",\"version\":3}");

        // Then
        assertThat(reader.next("status")).contains("\"Shipped\"").contains("id:3");
    }

    @Test
    void a_stream_ends_with_its_order() throws Exception {
        // Given
        String removed = placed();
        Reader told = new Reader(open(removed, "").body());
        told.next("status");

        // When
        as(TestKeys.ALICE)
                .header("If-Match", "*")
                .delete("/orders/" + removed)
                .then()
                .statusCode(204);

        // Then
        assertThat(told.isOver()).isTrue();
    }

    @Test
    void a_stream_ends_with_its_order_though_nobody_tells() throws Exception {
        // Given
        String removed = placed();
        Reader untold = new Reader(open(removed, "").body());
        untold.next("status");

        // When
        pool.preparedQuery("delete from orders where order_id = $1")
                .execute(Tuple.of(removed))
                .await()
                .atMost(SOON);

        // Then
        assertThat(untold.next("status")).isEmpty();
    }

    @Test
    void a_stream_ends_with_its_key() throws Exception {
        // Given
        String id = placed();
        Response key = json(TestKeys.OPERATOR, "{\"owner\":\"alice\",\"scopes\":[\"orders:read\"]}")
                .post("/api-keys");
        Reader revoked = new Reader(open(key.path("key"), id, "").body());
        Reader other = new Reader(open(id, "").body());
        revoked.next("status");
        other.next("status");

        // When
        as(TestKeys.OPERATOR).delete("/api-keys/" + key.path("keyId")).then().statusCode(200);

        // Then
        assertThat(revoked.isOver()).isTrue();
        happens(id, "payment_success", 999, "pay-of-" + id, null);
        assertThat(other.next("status")).contains("\"status\":\"Paid\"");
    }

    /** As of a database that was restored from before. */
    @Test
    void who_names_an_event_that_there_is_not_gets_the_state_at_once() throws Exception {
        // Given
        String id = placed();
        String ended = placed();
        as(TestKeys.ALICE).post("/orders/" + ended + "/cancel").then().statusCode(200);

        // When
        Reader reader = new Reader(open(id, "99").body());
        Reader last = new Reader(open(ended, "99").body());

        // Then
        assertThat(reader.next("status")).contains("\"status\":\"Pending\"").contains("id:1");
        assertThat(last.next("status")).contains("\"status\":\"Cancelled\"").contains("id:2");
        assertThat(last.isOver()).isTrue();
    }

    /** A proxy that asks so uses the connection for somebody else next. */
    @Test
    void who_asks_for_no_more_than_the_headers_is_answered_and_watches_nothing() throws Exception {
        // Given
        String order = placed();
        int before = feed.watching();

        // When
        String answers;
        try (Socket socket = new Socket(URI.create(RestAssured.baseURI).getHost(), RestAssured.port)) {
            socket.setSoTimeout((int) SOON.toMillis());
            String key = " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + TestKeys.ALICE + "\r\n";
            String both = "HEAD /orders/" + order + "/stream" + key + "\r\nGET /orders/" + order + "/status" + key
                    + "Connection: close\r\n\r\n";
            socket.getOutputStream().write(both.getBytes(StandardCharsets.US_ASCII));
            answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }

        // Then
        assertThat(answers).startsWith("HTTP/1.1 200 ").contains("text/event-stream", "\"status\":\"Pending\"");
        assertThat(feed.watching()).isEqualTo(before);
    }

    @Test
    void a_proxy_is_told_to_pass_on_each_event_as_it_comes() throws Exception {
        HttpResponse<InputStream> stream = open(placed(), "");

        assertThat(stream.headers().firstValue("X-Accel-Buffering")).contains("no");
        assertThat(stream.headers().firstValue("Cache-Control")).contains("no-cache");
        stream.body().close();
    }

    @Test
    void a_silent_stream_shows_signs_of_life() throws Exception {
        Reader reader = new Reader(open(placed(), "").body());

        assertThat(reader.next("alive")).startsWith(":");
    }

    @Test
    void one_key_leaves_places_to_others() throws Exception {
        // Given
        String id = placed();
        List<InputStream> watched = fill(TestKeys.ALICE, id, ApiProfile.STREAMS_PER_KEY);

        // When
        Response refused = as(TestKeys.ALICE).get("/orders/" + id + "/stream");

        // Then
        problem(refused, 429, "too_many_streams");
        assertThat(refused.header("Retry-After")).matches("\\d+");
        HttpResponse<InputStream> another = open(TestKeys.OPERATOR, id, "");
        assertThat(another.statusCode()).isEqualTo(200);
        another.body().close();
        leave(id, watched);
    }

    @Test
    void an_instance_that_is_full_says_so_to_each_key() throws Exception {
        // Given
        String id = placed();
        List<InputStream> watched = fill(TestKeys.ALICE, id, ApiProfile.STREAMS_PER_KEY);
        watched.addAll(fill(TestKeys.OPERATOR, id, ApiProfile.STREAMS));

        // When
        Response refused = as(TestKeys.OPERATOR).get("/orders/" + id + "/stream");

        // Then
        problem(refused, 503, "too_many_streams");
        assertThat(refused.header("Retry-After")).matches("\\d+");
        leave(id, watched);
    }

    /** Opens streams until there is no place. */
    private static List<InputStream> fill(String key, String id, int most) throws Exception {
        List<InputStream> watched = new ArrayList<>();
        HttpResponse<InputStream> last = open(key, id, "");
        for (int i = 0; i < most && last.statusCode() == 200; i++) {
            watched.add(last.body());
            last = open(key, id, "");
        }
        last.body().close();
        return watched;
    }

    private static void leave(String id, List<InputStream> watched) throws IOException {
        for (InputStream stream : watched) {
            stream.close();
        }
        await().atMost(SOON).until(() -> {
            HttpResponse<InputStream> again = open(id, "");
            again.body().close();
            return again.statusCode() == 200;
        });
    }

    @Test
    void others_cannot_watch() {
        String id = placed();

        problem(as(TestKeys.BOB).get("/orders/" + id + "/stream"), 404, "order_not_found");
        problem(as(TestKeys.ALICE).get("/orders/none/stream"), 404, "order_not_found");
    }

    private static HttpResponse<InputStream> open(String id, String last) throws Exception {
        return open(TestKeys.ALICE, id, last);
    }

    private static HttpResponse<InputStream> open(String key, String id, String last) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/orders/" + id + "/stream"))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + key)
                .header("Accept", "text/event-stream");
        if (!last.isEmpty()) {
            request.header("Last-Event-ID", last);
        }
        HttpResponse<InputStream> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        Described.given("GET", request.build().uri().toString(), response.statusCode(), "", new byte[0]);
        return response;
    }

    /** Reads a stream event by event; gives up after a while. */
    private static final class Reader {

        private final InputStream in;

        Reader(InputStream in) {
            this.in = in;
        }

        /** The next event that contains the word. */
        String next(String word) throws Exception {
            return CompletableFuture.supplyAsync(() -> {
                        for (String event = event(); !event.isEmpty(); event = event()) {
                            if (event.contains(word)) {
                                return event;
                            }
                        }
                        return "";
                    })
                    .get(30, TimeUnit.SECONDS);
        }

        /** Whether nothing comes any more, but signs of life. */
        boolean isOver() throws Exception {
            return next("status").isEmpty();
        }

        private String event() {
            List<Byte> bytes = new ArrayList<>();
            try {
                for (int b = in.read(); b >= 0; b = in.read()) {
                    bytes.add((byte) b);
                    int size = bytes.size();
                    if (size > 1 && bytes.get(size - 1) == '\n' && bytes.get(size - 2) == '\n') {
                        break;
                    }
                }
            } catch (java.io.IOException e) {
                return "";
            }
            byte[] text = new byte[bytes.size()];
            for (int i = 0; i < text.length; i++) {
                text[i] = bytes.get(i);
            }
            return new String(text, StandardCharsets.UTF_8).strip();
        }
    }
}
