package dev.bellhop.order.api;

import static dev.bellhop.order.api.Shop.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A search looks through so many orders and no more; cursors lead through all of them. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class OrderSearchIT {

    private String anne = "";

    @BeforeAll
    static void fill() throws SQLException {
        ManyOrders.fill();
    }

    @BeforeEach
    void give_anne_a_key() {
        anne = ManyOrders.key(ManyOrders.ANNE);
    }

    @AfterAll
    static void remove() throws SQLException {
        ManyOrders.remove();
    }

    @Test
    void a_page_may_be_empty_and_lead_on() {
        as(anne).get("/orders?q=old-").then().body("data", hasSize(0)).body("nextCursor", notNullValue());
        as(anne).get("/orders?status=NeedsReview")
                .then()
                .body("data", hasSize(0))
                .body("nextCursor", notNullValue());
        as(TestKeys.OPERATOR)
                .get("/orders?q=new-" + ManyOrders.BERT + "&customerId=former")
                .then()
                .body("data", hasSize(0))
                .body("nextCursor", nullValue());
    }

    @Test
    void cursors_lead_to_each_order_that_begins_so_and_to_none_twice() {
        List<String> old = IntStream.iterate(ManyOrders.OLD, n -> n >= 1, n -> n - 1)
                .mapToObj(n -> ManyOrders.id("old-", ManyOrders.ANNE, n))
                .toList();

        assertThat(all("/orders?limit=100&q=old-")).isEqualTo(old);
        assertThat(all("/orders?limit=100&q=former")).isEqualTo(old);
        assertThat(all("/orders?limit=100&q=old-&status=Shipped")).containsExactly(old.get(old.size() - 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/orders?status=Shipped", "/orders?status=Shipped&limit=1", "/orders?status=Shipped&limit=2"})
    void cursors_lead_to_each_order_of_a_status_where_a_search_ends_too(String search) {
        assertThat(all(search))
                .containsExactly(
                        ManyOrders.id("new-", ManyOrders.ANNE, ManyOrders.SHIPPED[0]),
                        ManyOrders.id("new-", ManyOrders.ANNE, ManyOrders.SHIPPED[1]),
                        ManyOrders.id("old-", ManyOrders.ANNE, ManyOrders.SHIPPED[2]));
    }

    @Test
    void the_orders_of_a_customer_are_searched_alike() {
        assertThat(all("/orders?customerId=shared&status=Shipped"))
                .isEqualTo(all("/customers/shared/orders?status=Shipped"))
                .containsExactly(
                        ManyOrders.id("new-", ManyOrders.ANNE, ManyOrders.SHIPPED[0]),
                        ManyOrders.id("new-", ManyOrders.ANNE, ManyOrders.SHIPPED[1]));
        assertThat(all("/orders?customerId=former&q=" + ManyOrders.id("old-", ManyOrders.ANNE, 100)))
                .containsExactly(
                        ManyOrders.id("old-", ManyOrders.ANNE, 1001),
                        ManyOrders.id("old-", ManyOrders.ANNE, 1000),
                        ManyOrders.id("old-", ManyOrders.ANNE, 100));
    }

    @Test
    void a_few_are_found_at_once_however_old_and_whatever_others_have() {
        as(anne).get("/orders?q=" + ManyOrders.id("old-", ManyOrders.ANNE, 55))
                .then()
                .body("data", hasSize(11))
                .body("nextCursor", nullValue());
        as(anne).get("/orders?status=Shipped&q=" + ManyOrders.id("old-", ManyOrders.ANNE, 1))
                .then()
                .body("data.orderId", contains(ManyOrders.id("old-", ManyOrders.ANNE, 1)))
                .body("nextCursor", nullValue());
        as(TestKeys.ALICE).get("/orders?q=old-").then().body("data", hasSize(0)).body("nextCursor", nullValue());
    }

    /** What Anne finds, page by page. */
    private List<String> all(String search) {
        List<String> found = new ArrayList<>();
        String cursor = null;
        do {
            JsonPath page = as(anne).get(search + (cursor == null ? "" : "&cursor=" + cursor))
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            found.addAll(page.getList("data.orderId"));
            cursor = page.getString("nextCursor");
        } while (cursor != null);
        return found;
    }
}
