package dev.bellhop.order.api;

import static dev.bellhop.order.api.Shop.as;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.testing.StalledStreams;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import org.junit.jupiter.api.Test;

/** Streams whose bodies stall, beside one whose answer goes on. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class StalledStreamsIT extends StalledStreams {

    StalledStreamsIT() {
        super("/orders", TestKeys.ALICE);
    }

    @Override
    protected String valid() {
        Shop.product();
        return "{\"customerId\":\"c\",\"currency\":\"USD\",\"items\":[{\"productId\":\"article\",\"quantity\":1}]}";
    }

    @Test
    void an_answer_may_take_longer_than_a_body() throws Exception {
        // Given
        String id = Shop.placed();
        HttpClientRequest watching = request(HttpMethod.GET, "/orders/" + id + "/stream", TestKeys.ALICE);
        Future<Buffer> heard =
                watching.putHeader("Accept", "text/event-stream").send().compose(HttpClientResponse::body);
        // as long as a body may take
        a_body_that_stalls_is_given_up_and_its_connection_serves_the_next();

        // When
        as(TestKeys.ALICE).post("/orders/" + id + "/cancel").then().statusCode(200);

        // Then
        assertThat(got(heard).toString()).contains("\"status\":\"Pending\"", "\"status\":\"Cancelled\"");
    }
}
