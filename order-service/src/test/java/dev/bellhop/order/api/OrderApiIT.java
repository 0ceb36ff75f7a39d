package dev.bellhop.order.api;

import static dev.bellhop.order.api.Shop.as;
import static dev.bellhop.order.api.Shop.awaitStatus;
import static dev.bellhop.order.api.Shop.etag;
import static dev.bellhop.order.api.Shop.happens;
import static dev.bellhop.order.api.Shop.id;
import static dev.bellhop.order.api.Shop.json;
import static dev.bellhop.order.api.Shop.order;
import static dev.bellhop.order.api.Shop.paid;
import static dev.bellhop.order.api.Shop.placed;
import static dev.bellhop.order.api.Shop.problem;
import static dev.bellhop.order.api.Shop.product;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(ApiProfile.class)
class OrderApiIT {

    @Inject
    Pool pool;

    @Test
    void an_order_is_placed_at_the_catalogues_price() {
        product();
        String id = id("o");

        Response answer = json(TestKeys.ALICE, order(id, 3)).post("/orders");

        answer.then()
                .statusCode(201)
                .header("Location", "/orders/" + id)
                .header("ETag", "\"1\"")
                .body("orderId", equalTo(id))
                .body("customerId", equalTo("customer-1"))
                .body("status", equalTo("Pending"))
                .body("amount", equalTo(2997))
                .body("currency", equalTo("USD"))
                .body("items[0].productId", equalTo("article"))
                .body("items[0].quantity", equalTo(3))
                .body("items[0].amount", equalTo(999))
                .body("version", equalTo(1));
        as(TestKeys.ALICE).get("/orders/" + id).then().statusCode(200).body(equalTo(answer.asString()));
    }

    @Test
    void the_status_is_exactly_the_articles_answer() {
        String id = paid();
        as(TestKeys.ALICE)
                .post("/orders/" + id + "/ship")
                .then()
                .statusCode(200)
                .body("status", equalTo("Shipped"));

        String answer = as(TestKeys.ALICE).get("/orders/" + id + "/status").asString();

        assertThat(answer).isEqualTo("{\"orderId\":\"" + id + "\",\"status\":\"Shipped\"}");
    }

    @Test
    void an_id_can_be_taken_once() {
        String id = placed();

        problem(json(TestKeys.ALICE, order(id, 2)).post("/orders"), 409, "order_exists");
        problem(json(TestKeys.BOB, order(id, 2)).post("/orders"), 409, "order_exists");
    }

    @Test
    void an_order_without_an_id_gets_one() {
        product();

        Response answer = json(
                        TestKeys.ALICE,
                        "{\"customerId\":\"c\",\"currency\":\"USD\",\"items\":[{\"productId\":\"article\",\"quantity\":1}]}")
                .post("/orders");

        answer.then().statusCode(201);
        as(TestKeys.ALICE).get(answer.header("Location")).then().statusCode(200);
    }

    @Test
    void what_has_not_changed_is_not_sent_again() {
        String id = placed();

        for (String path : List.of("/orders/" + id, "/orders/" + id + "/status")) {
            for (String known : List.of("\"1\"", "W/\"1\"", "\"7\", \"1\"", "*")) {
                as(TestKeys.ALICE)
                        .header("If-None-Match", known)
                        .get(path)
                        .then()
                        .statusCode(304)
                        .header("ETag", "\"1\"")
                        .body(equalTo(""));
            }
            as(TestKeys.ALICE).header("If-None-Match", "\"2\"").get(path).then().statusCode(200);
            as(TestKeys.ALICE)
                    .header("If-None-Match", "\"2\"", "\"1\"")
                    .get(path)
                    .then()
                    .statusCode(304);
        }
    }

    @Test
    void others_know_nothing_of_an_order_and_operators_all() {
        String id = placed();

        for (String path : List.of("", "/status", "/history")) {
            problem(as(TestKeys.BOB).get("/orders/" + id + path), 404, "order_not_found");
            as(TestKeys.OPERATOR).get("/orders/" + id + path).then().statusCode(200);
        }
        problem(as(TestKeys.BOB).header("If-None-Match", "*").get("/orders/" + id), 404, "order_not_found");
        for (String move : List.of("payment", "ship", "deliver", "cancel", "refund")) {
            problem(as(TestKeys.BOB).post("/orders/" + id + "/" + move), 404, "order_not_found");
        }
        problem(as(TestKeys.BOB).header("If-Match", "*").delete("/orders/" + id), 404, "order_not_found");
        problem(
                json(TestKeys.BOB, "{\"customerId\":\"x\"}")
                        .header("If-Match", "*")
                        .patch("/orders/" + id),
                404,
                "order_not_found");
        as(TestKeys.BOB).get("/orders?limit=100").then().body("data.orderId", not(hasItem(id)));
        as(TestKeys.OPERATOR).get("/orders?q=" + id).then().body("data.orderId", contains(id));
    }

    @Test
    void a_payment_is_asked_for_once() {
        String id = placed();

        Response first = as(TestKeys.ALICE).post("/orders/" + id + "/payment");
        Response second = as(TestKeys.ALICE).post("/orders/" + id + "/payment");

        first.then().statusCode(201).body("amount", equalTo(999)).body("orderId", equalTo(id));
        assertThat(first.<String>path("paymentId")).startsWith("pay_");
        assertThat(first.<String>path("checkoutUrl")).startsWith("http://pay/");
        second.then().statusCode(201).body("paymentId", equalTo(first.path("paymentId")));
    }

    @Test
    void a_provider_that_is_away_changes_nothing() {
        String id = placed();
        PayingProvider.isAway(true);
        try {
            Response answer = as(TestKeys.ALICE).post("/orders/" + id + "/payment");

            problem(answer, 503, "provider_unavailable");
            assertThat(answer.header("Retry-After")).matches("\\d+");
            assertThat(etag(id)).isEqualTo("\"1\"");
        } finally {
            PayingProvider.isAway(false);
        }
    }

    @Test
    void money_goes_back_when_the_provider_is_there_again() {
        String paid = paid();
        String review = placed();
        happens(review, "payment_success", 5, "pay-of-" + review, null);
        awaitStatus(review, "NeedsReview");
        String refund = "{\"action\":\"refund\",\"reason\":\"too little\"}";
        PayingProvider.isAway(true);
        try {
            problem(as(TestKeys.ALICE).post("/orders/" + paid + "/refund"), 503, "provider_unavailable");
            problem(
                    json(TestKeys.OPERATOR, refund).post("/orders/" + review + "/review/resolve"),
                    503,
                    "provider_unavailable");
        } finally {
            PayingProvider.isAway(false);
        }

        as(TestKeys.ALICE).post("/orders/" + paid + "/refund").then().statusCode(202);
        json(TestKeys.OPERATOR, refund)
                .post("/orders/" + review + "/review/resolve")
                .then()
                .statusCode(200);
    }

    /** Or money that came between look and decision would be accepted, or settled outside, by nobody. */
    @Test
    void a_review_is_decided_as_it_was_seen() {
        // Given
        String review = placed();
        happens(review, "payment_success", 5, "pay-of-" + review, null);
        awaitStatus(review, "NeedsReview");
        String seen = etag(review);

        // When
        happens(review, "payment_success", 7, "another-of-" + review, null);
        Awaitility.await().until(() -> !etag(review).equals(seen));

        // Then
        for (String action : List.of("accept", "refund", "cancel")) {
            problem(decided(review, action, seen), 412, "version_differs");
        }
        awaitStatus(review, "NeedsReview");
        decided(review, "cancel", etag(review)).then().statusCode(200);
        awaitStatus(review, "Cancelled");
    }

    private static Response decided(String order, String action, String seen) {
        return json(TestKeys.OPERATOR, "{\"action\":\"" + action + "\",\"reason\":\"seen\"}")
                .header("If-Match", seen)
                .post("/orders/" + order + "/review/resolve");
    }

    @ParameterizedTest
    @ValueSource(strings = {"payment", "cancel"})
    void what_is_done_with_an_order_that_changed_since_is_refused_if_its_version_was_named(String move) {
        isRefusedUnlessSeen(placed(), move);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ship", "refund"})
    void what_is_done_with_a_paid_order_that_changed_since_is_refused_if_its_version_was_named(String move) {
        isRefusedUnlessSeen(paid(), move);
    }

    @Test
    void a_delivery_of_an_order_that_changed_since_is_refused_if_its_version_was_named() {
        // Given
        String order = paid();
        as(TestKeys.ALICE).post("/orders/" + order + "/ship").then().statusCode(200);

        // Then
        isRefusedUnlessSeen(order, "deliver");
    }

    private static void isRefusedUnlessSeen(String order, String move) {
        String path = "/orders/" + order + "/" + move;
        String before = etag(order);

        problem(as(TestKeys.ALICE).header("If-Match", "\"99\"").post(path), 412, "version_differs");

        assertThat(etag(order)).isEqualTo(before);
        assertThat(as(TestKeys.ALICE).header("If-Match", before).post(path).statusCode())
                .isBetween(200, 202);
    }

    @Test
    void an_order_is_cancelled_even_if_the_provider_is_away() {
        String id = placed();
        as(TestKeys.ALICE).post("/orders/" + id + "/payment").then().statusCode(201);
        PayingProvider.isAway(true);
        try {
            as(TestKeys.ALICE).post("/orders/" + id + "/cancel").then().statusCode(200);
        } finally {
            PayingProvider.isAway(false);
        }
        as(TestKeys.ALICE).get("/orders/" + id + "/status").then().body("status", equalTo("Cancelled"));
    }

    @Test
    void a_move_that_the_status_does_not_allow_is_refused_with_its_reason() {
        String pending = placed();
        String paid = paid();

        problem(as(TestKeys.ALICE).post("/orders/" + pending + "/ship"), 409, "not_paid");
        problem(as(TestKeys.ALICE).post("/orders/" + pending + "/deliver"), 409, "not_shipped");
        problem(as(TestKeys.ALICE).post("/orders/" + pending + "/refund"), 409, "not_paid");
        problem(as(TestKeys.ALICE).post("/orders/" + paid + "/cancel"), 409, "already_paid");
        problem(as(TestKeys.ALICE).post("/orders/" + paid + "/payment"), 409, "already_paid");
    }

    @Test
    void a_total_that_no_provider_takes_is_refused() {
        // Given
        String dear = product(id("p"), Ids.LARGEST_AMOUNT);
        String once = order(id("o"), 1).replace("article", dear);
        String twice = order(id("o"), 2).replace("article", dear);

        // Then
        problem(json(TestKeys.ALICE, twice).post("/orders"), 422, "amount_too_large");
        String path = json(TestKeys.ALICE, once)
                .post("/orders")
                .then()
                .statusCode(201)
                .extract()
                .header("Location");
        problem(
                json(TestKeys.ALICE, "{\"items\":[{\"productId\":\"" + dear + "\",\"quantity\":2}]}")
                        .header("If-Match", "*")
                        .patch(path),
                422,
                "amount_too_large");
        as(TestKeys.ALICE).post(path + "/payment").then().statusCode(201);
    }

    @Test
    void a_paid_order_is_shipped_delivered_and_refunded_when_the_provider_says_so() {
        String id = paid();

        as(TestKeys.ALICE).post("/orders/" + id + "/ship").then().statusCode(200);
        problem(as(TestKeys.ALICE).post("/orders/" + id + "/ship"), 409, "already_shipped");
        as(TestKeys.ALICE)
                .post("/orders/" + id + "/deliver")
                .then()
                .statusCode(200)
                .body("status", equalTo("Delivered"));
        problem(json(TestKeys.ALICE, "{\"amount\":1000}").post("/orders/" + id + "/refund"), 422, "amount_too_large");
        json(TestKeys.ALICE, "{\"amount\":300}")
                .post("/orders/" + id + "/refund")
                .then()
                .statusCode(202)
                .body("status", equalTo("Delivered"));
        happens(id, "refund_success", 300, "pay-of-" + id, "ref-" + id);
        awaitStatus(id, "PartiallyRefunded");
        as(TestKeys.ALICE).get("/orders/" + id).then().body("amountRefunded", equalTo(300));
    }

    @Test
    void a_refund_that_failed_is_told_and_can_be_asked_for_again() {
        // Given
        String id = paid();
        String watched = "/orders/" + id;
        as(TestKeys.ALICE).post(watched + "/refund").then().statusCode(202);
        int before = as(TestKeys.ALICE).get(watched).path("version");

        // When
        happens(id, "refund_failed", 999, "pay-of-" + id, "ref-" + id);

        // Then
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> as(TestKeys.ALICE)
                .get(watched)
                .then()
                .body("version", equalTo(before + 1))
                .body("status", equalTo("Paid"))
                .body("amountRefunded", equalTo(0)));
        as(TestKeys.ALICE)
                .get(watched + "/history")
                .then()
                .body("data[-1].type", equalTo("OrderRefundFailed"))
                .body("data[-1].from", equalTo("Paid"))
                .body("data[-1].to", equalTo("Paid"))
                .body("data[-1].cause", equalTo("webhook"))
                .body("data[-1].eventId", startsWith("evt_"));
        as(TestKeys.ALICE).post(watched + "/refund").then().statusCode(202);
        assertThat(PayingProvider.refunds("pay-of-" + id)).isEqualTo(2);
    }

    @Test
    void a_refund_that_failed_before_it_went_through_is_no_news() {
        // Given
        String id = paid();
        happens(id, "refund_success", 300, "pay-of-" + id, "ref-" + id);
        awaitStatus(id, "PartiallyRefunded");
        int before = as(TestKeys.ALICE).get("/orders/" + id).path("version");

        // When
        happens(id, "refund_failed", 300, "pay-of-" + id, "ref-" + id);
        happens(id, "refund_success", 699, "pay-of-" + id, "rest-" + id);
        awaitStatus(id, "Refunded");

        // Then
        as(TestKeys.ALICE).get("/orders/" + id).then().body("version", equalTo(before + 1));
    }

    @Test
    void the_history_says_when_what_who_and_why() {
        String id = placed();
        json(TestKeys.OPERATOR, "{\"reason\":\"the customer called\"}")
                .post("/orders/" + id + "/cancel")
                .then()
                .statusCode(200)
                .body("status", equalTo("Cancelled"));

        as(TestKeys.ALICE)
                .get("/orders/" + id + "/history")
                .then()
                .statusCode(200)
                .body("data.type", contains("OrderPlaced", "OrderCancelled"))
                .body("data.from", contains(null, "Pending"))
                .body("data.to", contains("Pending", "Cancelled"))
                .body("data.cause", contains("api", "api"))
                .body("data.actor", contains("alice", "operator"))
                .body("data.version", contains(1, 2))
                .body("data[1].note", equalTo("the customer called"))
                .body("nextCursor", nullValue());
    }

    @Test
    void the_history_comes_in_parts_to_who_asks_for_them() {
        String history = "/orders/" + placed() + "/history?limit=1";
        as(TestKeys.ALICE)
                .post(history.replace("history?limit=1", "cancel"))
                .then()
                .statusCode(200);

        String next = as(TestKeys.ALICE)
                .get(history)
                .then()
                .body("data.to", contains("Pending"))
                .extract()
                .path("nextCursor");

        as(TestKeys.ALICE)
                .get(history + "&cursor=" + next)
                .then()
                .body("data.to", contains("Cancelled"))
                .body("nextCursor", nullValue());
    }

    @Test
    void a_history_of_any_length_is_read_a_thousand_changes_at_a_time() {
        String id = placed();
        pool.preparedQuery(
                        """
                        insert into order_history (order_id, version, at, from_status, to_status, type, cause, actor)
                        select $1, n, now(), 'Pending', 'Pending', 'OrderUpdated', 'api', 'alice'
                        from generate_series(2, 1001) as n
                        """)
                .execute(Tuple.of(id))
                .await()
                .atMost(Duration.ofSeconds(10));

        JsonPath first = as(TestKeys.ALICE)
                .get("/orders/" + id + "/history")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(first.getList("data.version")).hasSize(1000).startsWith(1, 2).endsWith(1000);
        as(TestKeys.ALICE)
                .get("/orders/" + id + "/history?cursor=" + first.getString("nextCursor"))
                .then()
                .body("data.version", contains(1001))
                .body("nextCursor", nullValue());
    }

    @Test
    void a_pending_order_is_changed_by_who_has_seen_it() {
        String id = placed();

        problem(json(TestKeys.ALICE, "{\"customerId\":\"c2\"}").patch("/orders/" + id), 428, "precondition_required");
        problem(
                json(TestKeys.ALICE, "{\"customerId\":\"c2\"}")
                        .header("If-Match", "\"9\"")
                        .patch("/orders/" + id),
                412,
                "version_differs");
        problem(
                json(TestKeys.ALICE, "{}").header("If-Match", "\"1\"").patch("/orders/" + id),
                400,
                "nothing_to_change");
        problem(
                json(TestKeys.ALICE, "{\"items\":[{\"productId\":\"nothing\",\"quantity\":1}]}")
                        .header("If-Match", "\"1\"")
                        .patch("/orders/" + id),
                422,
                "unknown_product");
        json(TestKeys.ALICE, "{\"customerId\":\"c2\",\"items\":[{\"productId\":\"article\",\"quantity\":2}]}")
                .header("If-Match", "\"1\"")
                .patch("/orders/" + id)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("customerId", equalTo("c2"))
                .body("amount", equalTo(1998))
                .body("status", equalTo("Pending"));
    }

    @Test
    void a_pending_order_is_removed_by_who_has_seen_it() {
        String id = placed();

        problem(as(TestKeys.ALICE).delete("/orders/" + id), 428, "precondition_required");
        problem(as(TestKeys.ALICE).header("If-Match", "W/\"1\"").delete("/orders/" + id), 412, "version_differs");
        as(TestKeys.ALICE)
                .header("If-Match", "\"1\"")
                .delete("/orders/" + id)
                .then()
                .statusCode(204);

        problem(as(TestKeys.ALICE).get("/orders/" + id), 404, "order_not_found");
        problem(as(TestKeys.ALICE).get("/orders/" + id + "/history"), 404, "order_not_found");
    }

    /** RFC 9110, section 5.3: the lines are one list. */
    @Test
    void versions_that_were_seen_may_stand_on_several_lines() {
        String id = placed();

        problem(
                as(TestKeys.ALICE).header("If-Match", "\"8\"", "W/\"1\"").delete("/orders/" + id),
                412,
                "version_differs");
        problem(as(TestKeys.ALICE).header("If-Match", "", "").delete("/orders/" + id), 428, "precondition_required");
        json(TestKeys.ALICE, "{\"customerId\":\"c2\"}")
                .header("If-Match", "\"8\"", "\"1\"")
                .patch("/orders/" + id)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"");
        as(TestKeys.ALICE)
                .header("If-Match", "\"2\"", "\"9\"")
                .delete("/orders/" + id)
                .then()
                .statusCode(204);
    }

    /** Else who has seen the first could change the second, and its events would look like those of the first. */
    @Test
    void an_order_with_the_id_of_a_removed_one_goes_on_from_its_version() {
        String id = placed();
        as(TestKeys.ALICE)
                .header("If-Match", "\"1\"")
                .delete("/orders/" + id)
                .then()
                .statusCode(204);

        json(TestKeys.ALICE, order(id, 1))
                .post("/orders")
                .then()
                .statusCode(201)
                .header("ETag", "\"3\"");

        problem(as(TestKeys.ALICE).header("If-Match", "\"1\"").delete("/orders/" + id), 412, "version_differs");
        as(TestKeys.ALICE)
                .header("If-Match", "\"3\"")
                .delete("/orders/" + id)
                .then()
                .statusCode(204);
        json(TestKeys.ALICE, order(id, 1))
                .post("/orders")
                .then()
                .statusCode(201)
                .header("ETag", "\"5\"");
        as(TestKeys.ALICE).get("/orders/" + id + "/history").then().body("data.to", contains("Pending"));
    }

    @Test
    void what_was_paid_or_is_about_to_be_is_not_changed_any_more() {
        String asked = placed();
        as(TestKeys.ALICE).post("/orders/" + asked + "/payment").then().statusCode(201);
        String paid = paid();

        problem(as(TestKeys.ALICE).header("If-Match", "*").delete("/orders/" + asked), 409, "payment_requested");
        problem(as(TestKeys.ALICE).header("If-Match", "*").delete("/orders/" + paid), 409, "already_paid");
        problem(
                json(TestKeys.ALICE, "{\"customerId\":\"c2\"}")
                        .header("If-Match", etag(paid))
                        .patch("/orders/" + paid),
                409,
                "already_paid");
    }

    @Test
    void a_list_stays_right_while_orders_are_added() {
        product();
        String customer = id("c");
        List<String> placed = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            placed.add(0, orderOf(customer));
        }

        List<String> read = new ArrayList<>();
        String cursor = null;
        do {
            Response page = as(TestKeys.ALICE)
                    .get("/orders?limit=2&customerId=" + customer + (cursor == null ? "" : "&cursor=" + cursor));
            page.then().statusCode(200);
            read.addAll(page.path("data.orderId"));
            cursor = page.path("nextCursor");
            orderOf(customer);
        } while (cursor != null);

        assertThat(read).isEqualTo(placed);
        as(TestKeys.ALICE)
                .get("/customers/" + customer + "/orders")
                .then()
                .statusCode(200)
                .body("data", hasSize(placed.size() + 3));
        as(TestKeys.BOB).get("/customers/" + customer + "/orders").then().body("data", hasSize(0));
    }

    private static String orderOf(String customer) {
        return json(
                        TestKeys.ALICE,
                        "{\"customerId\":\"" + customer
                                + "\",\"currency\":\"USD\",\"items\":[{\"productId\":\"article\",\"quantity\":1}]}")
                .post("/orders")
                .then()
                .statusCode(201)
                .extract()
                .path("orderId");
    }

    @Test
    void orders_are_found_by_status_text_and_time() {
        String id = placed();
        String created = as(TestKeys.ALICE).get("/orders/" + id).path("createdAt");

        as(TestKeys.ALICE).get("/orders?q=" + id).then().body("data.orderId", contains(id));
        as(TestKeys.ALICE)
                .get("/orders?q=" + id + "&status=Pending&createdFrom=" + created)
                .then()
                .body("data.orderId", contains(id));
        as(TestKeys.ALICE)
                .get("/orders?q=" + id + "&createdTo=" + created)
                .then()
                .body("data", hasSize(0));
        as(TestKeys.ALICE).get("/orders?q=" + id + "&status=Paid").then().body("data", hasSize(0));
        as(TestKeys.ALICE).get("/orders?q=%25").then().body("data", hasSize(0));
    }

    @Test
    void an_order_is_found_by_whose_it_is_now_until_it_is_removed() {
        product();
        String before = id("before");
        String now = id("now");
        String id = orderOf(before);

        json(TestKeys.ALICE, "{\"customerId\":\"" + now + "\"}")
                .header("If-Match", "\"1\"")
                .patch("/orders/" + id)
                .then()
                .statusCode(200);

        as(TestKeys.ALICE).get("/orders?customerId=" + before).then().body("data", hasSize(0));
        as(TestKeys.ALICE).get("/orders?customerId=" + now).then().body("data.orderId", contains(id));
        as(TestKeys.ALICE).get("/orders?q=" + now + "&status=Pending").then().body("data.orderId", contains(id));

        as(TestKeys.ALICE).header("If-Match", "\"2\"").delete("/orders/" + id);

        as(TestKeys.ALICE).get("/orders?customerId=" + now).then().body("data", hasSize(0));
        as(TestKeys.ALICE).get("/orders?q=" + now).then().body("data", hasSize(0));
    }
}
