package dev.bellhop.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.local.Http;
import dev.bellhop.local.Service;
import dev.bellhop.local.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two instances of order-service on one database and the same topics share the work, and do none of it twice. */
class SeveralInstancesIT {

    private static final int ORDERS = 20;
    private static final int LIMIT_SECONDS = 30;
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Suite SUITE = RunningSuite.get();
    private static final Shop ONE = new Shop(SUITE);
    private static Instance instance;
    private static Shop other;

    @BeforeAll
    static void startTheOther() {
        instance = Instance.beside(SUITE);
        other = new Shop(SUITE, instance.url());
    }

    @AfterAll
    static void stopTheOther() {
        instance.close();
    }

    @Test
    void what_one_does_is_told_to_the_clients_of_the_other() throws Exception {
        List<String> orders = placed();
        List<CompletableFuture<String>> streams =
                orders.stream().map(order -> watched(instance.url(), order)).toList();

        orders.forEach(ONE::cancels);

        for (CompletableFuture<String> stream : streams) {
            assertThat(stream.get(LIMIT_SECONDS, TimeUnit.SECONDS)).contains("\"Cancelled\"");
        }
    }

    @Test
    void who_watches_at_an_instance_that_goes_is_let_go_at_once_and_misses_nothing_at_another() throws Exception {
        String order = ONE.placesAnOrder();
        CompletableFuture<String> stream;
        try (Instance going = Instance.beside(SUITE)) {
            stream = watched(going.url(), order);
        }

        ONE.cancels(order);

        assertThat(stream.get(LIMIT_SECONDS, TimeUnit.SECONDS)).contains("id:1").doesNotContain("\"Cancelled\"");
        assertThat(watched(SUITE.url(Service.ORDER_SERVICE), order).get(LIMIT_SECONDS, TimeUnit.SECONDS))
                .contains("\"Cancelled\"");
    }

    @Test
    void each_change_is_announced_once_and_in_order_whoever_made_it() {
        List<String> orders = placed();
        orders.forEach(order -> other.customerPays(other.asksForAPayment(order)));
        orders.forEach(order -> ONE.sees(order, "Paid"));
        orders.forEach(other::ships);

        Map<String, List<String>> announced = Announcements.of(SUITE);
        orders.forEach(order -> assertThat(announced.get(order)).containsExactly("Pending", "Paid", "Shipped"));
    }

    @Test
    void a_doubt_is_asked_about_by_one_of_them() throws SQLException {
        List<String> orders = placed();
        orders.forEach(ONE::asksForAPayment);
        Provider provider = Provider.of(SUITE);

        for (String order : orders) {
            String event = Provider.newEventId();
            assertThat(provider.tells(event, Provider.success(order, "pay_of_another_" + order, event))
                            .status())
                    .isEqualTo(202);
        }

        Shop.eventually(() -> questionsAbout(orders).size() >= ORDERS);
        assertThat(questionsAbout(orders)).containsExactlyInAnyOrderElementsOf(orders);
    }

    @Test
    void one_key_is_one_order_whichever_of_them_is_asked() {
        String key = UUID.randomUUID().toString();

        List<Http.Answer> answers = IntStream.range(0, ORDERS)
                .parallel()
                .mapToObj(n -> place(n % 2 == 0 ? instance.url() : SUITE.url(Service.ORDER_SERVICE), key))
                .toList();

        assertThat(answers).extracting(Http.Answer::status).isSubsetOf(201, 409).contains(201);
        assertThat(answers.stream()
                        .filter(answer -> answer.status() == 201)
                        .map(answer -> answer.json().path("orderId").asText())
                        .distinct())
                .hasSize(1);
    }

    /** Half of them by each. */
    private static List<String> placed() {
        return IntStream.range(0, ORDERS)
                .mapToObj(n -> (n % 2 == 0 ? ONE : other).placesAnOrder())
                .toList();
    }

    private static Http.Answer place(URI instance, String key) {
        String order = "{\"customerId\":\"customer-1\",\"currency\":\"USD\","
                + "\"items\":[{\"productId\":\"article\",\"quantity\":1}]}";
        Map<String, String> headers = Map.of(
                "Authorization",
                "Bearer " + SUITE.apiKey(),
                "Content-Type",
                "application/json",
                "Idempotency-Key",
                key);
        try {
            return Http.send("POST", instance.resolve("/orders"), headers, order.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that a stream told until it ended by itself; it has begun when this returns. */
    private static CompletableFuture<String> watched(URI instance, String order) {
        HttpRequest request = HttpRequest.newBuilder(instance.resolve("/orders/" + order + "/stream"))
                .header("Authorization", "Bearer " + SUITE.apiKey())
                .build();
        HttpResponse<Stream<String>> response = CLIENT.sendAsync(request, HttpResponse.BodyHandlers.ofLines())
                .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                .join();
        return CompletableFuture.supplyAsync(
                () -> String.join("\n", response.body().toList()));
    }

    /** The orders that the provider was asked about, each as often as it was. */
    private static List<String> questionsAbout(List<String> orders) throws SQLException {
        try (Connection connection = DriverManager.getConnection(SUITE.stack().jdbcUrl("orders"), "postgres", "");
                var query = connection.prepareStatement("select order_id from question_log where order_id = any(?)")) {
            query.setArray(1, connection.createArrayOf("text", orders.toArray()));
            try (ResultSet rows = query.executeQuery()) {
                List<String> asked = new ArrayList<>();
                while (rows.next()) {
                    asked.add(rows.getString(1));
                }
                return asked;
            }
        }
    }
}
