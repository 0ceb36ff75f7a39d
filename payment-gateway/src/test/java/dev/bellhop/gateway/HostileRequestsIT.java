package dev.bellhop.gateway;

import static dev.bellhop.gateway.Client.as;
import static dev.bellhop.gateway.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.testing.RealPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no client library sends. Where the server does not hang up, these tests fail. */
@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestKeys.class)
class HostileRequestsIT {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /payments          | {\"orderId\":\"a\\ud800\",\"amount\":1,\"currency\":\"USD\"}",
                "POST | /payments          | {\"orderId\":\"\\udc00\\ud800\",\"amount\":1,\"currency\":\"USD\"}",
                "POST | /webhook-endpoints | {\"url\":\"https://example.com/\\ud800\"}",
                "POST | /webhook-endpoints | {\"url\":\"https://example.com/\",\"events\":[\"\\ud800\"]}",
                "POST | /webhook-endpoints | {\"url\":\"https://example.com/\",\"style\":\"github\",\"secret\":\"0123456789abcdef\\ud800\"}",
                "PUT  | /simulator/plan    | {\"seed\":1,\"rules\":[{\"match\":{\"order\":\"\\ud800\"},\"do\":\"drop\"}]}",
                "PUT  | /simulator/plan    | {\"seed\":1,\"rules\":[{\"match\":{\"order\":[\"\\ud800\"]},\"do\":\"drop\"}]}",
            })
    void half_of_a_surrogate_pair_is_kept_by_nobody(String method, String path, String body) {
        Response answer = json(TestKeys.OPERATOR, body).request(method, path);

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
        assertThat(answer.<String>path("code")).isIn("invalid_field", "malformed_json");
    }

    @Test
    void a_whole_surrogate_pair_is_text() {
        assertThat(json(TestKeys.ALICE, "{\"orderId\":\"\\ud83d\\ude00\",\"amount\":1,\"currency\":\"USD\"}")
                        .post("/payments")
                        .<String>path("orderId"))
                .isEqualTo("\ud83d\ude00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/webhook-endpoints", "/simulator/cards", "/simulator/plans"})
    void a_list_is_whole_or_comes_in_parts(String list) {
        // Given
        String one = Client.endpoint("{\"url\":\"https://example.com/1\"}").get("endpointId");
        String two = Client.endpoint("{\"url\":\"https://example.com/2\"}").get("endpointId");
        List<Object> whole = as(TestKeys.OPERATOR).get(list).path("data");

        // When
        Response first = as(TestKeys.OPERATOR).get(list + "?limit=1");
        Response rest = as(TestKeys.OPERATOR).get(list + "?cursor=" + first.path("nextCursor"));
        Client.delete(one);
        Client.delete(two);

        // Then
        assertThat(first.<List<Object>>path("data")).isEqualTo(whole.subList(0, 1));
        assertThat(rest.<List<Object>>path("data")).isEqualTo(whole.subList(1, whole.size()));
        assertThat(rest.<String>path("nextCursor")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"limit=0, invalid_limit", "limit=101, invalid_limit", "cursor=nothing, invalid_cursor"})
    void a_part_that_no_list_has_is_refused(String part, String code) {
        for (String list :
                List.of("/webhook-endpoints", "/simulator/cards", "/simulator/plans", "/payments", "/events")) {
            assertThat(as(TestKeys.OPERATOR).get(list + "?" + part).<String>path("code"))
                    .as(list)
                    .isEqualTo(code);
        }
    }
}
