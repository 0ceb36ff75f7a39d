package dev.bellhop.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.testing.RealKafka;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Properly signed deliveries with odd contents, and signatures in odd notations. */
@QuarkusTest
@QuarkusTestResource(RealKafka.class)
@QuarkusTestResource(TestSources.class)
class OddInputsIT {

    private static final String BODY = "{\"event\":\"payment_success\",\"orderId\":\"12345\"}";
    private static final byte[] KEY = Base64.getDecoder().decode(TestSources.PAYMENTS_SECRET.substring(6));
    private static final byte[] SECRET = TestSources.SECRET.getBytes(StandardCharsets.UTF_8);

    @TestHTTPResource("/")
    URI root;

    private Sender sender;
    private final String id = "evt_" + UUID.randomUUID();

    @BeforeEach
    void connect() {
        sender = new Sender(root);
    }

    @Test
    void what_names_an_event_is_as_long_as_it_may_be_and_no_longer() {
        String fits = "x".repeat(1024);

        assertThat(paid(id, json(fits, fits)).statusCode()).isEqualTo(202);
        assertThat(paid(fits, BODY).statusCode()).isEqualTo(202);
        assertInvalid(paid(fits + "x", BODY));
        assertInvalid(paid(id, json(fits + "x", "1")));
        assertInvalid(paid(id, json("a", fits + "x")));
    }

    @Test
    void what_names_an_event_has_the_characters_that_cloud_events_allow() {
        assertThat(paid(id, json("a b", "caf\\u00e9 \\ud83d\\ude00 \uD83D\uDE00"))
                        .statusCode())
                .isEqualTo(202);
        for (String odd :
                List.of("\\u0000", "a\\nb", "\\u007f", "\\u0085", "\\ud800", "\\udc00x", "\\ufffe", "\\ud83f\\udfff")) {
            assertInvalid(paid(id, json(odd, "1")));
            assertInvalid(paid(id, json("a", "12" + odd)));
            String slack = "{\"event_id\":\"" + odd + "x\"}";
            assertInvalid(sender.post("/webhooks/slack", ProvidersIT.slack(slack), slack));
        }
    }

    @Test
    void a_number_is_an_id_as_it_is_written() {
        try (Topic topic = Topic.fromNow("webhooks.slack")) {
            for (String number : List.of("1e400", "-0", "0", "1.0", "1E+2", "12345678901234567890123")) {
                String body = "{\"event_id\":" + number + "}";
                assertThat(sender.post("/webhooks/slack", ProvidersIT.slack(body), body)
                                .statusCode())
                        .as(number)
                        .isEqualTo(202);
            }
            assertThat(topic.until(6))
                    .extracting(record -> Topic.header(record, "ce_id"))
                    .containsExactlyInAnyOrder("1e400", "-0", "0", "1.0", "1E+2", "12345678901234567890123");
        }
    }

    @Test
    void json_that_is_hard_to_read_is_read_or_malformed() {
        String deep = "{\"a\":" + "[".repeat(20_000) + "]".repeat(20_000) + ",\"event_id\":\"1\"}";
        for (String malformed : List.of(
                deep,
                "{\"event_id\":01}",
                "{\"event_id\":" + "9".repeat(5000) + "}",
                "{\"event_id\":NaN}",
                "{\"event_id\":\"1\"}{\"event_id\":\"2\"}",
                "{\"event_id\":\"1\",\"event_id\":{}}",
                "{\"event_id\":\"1\",\"event_id\":null}",
                "{\"event_id\":{\"a\":1}}",
                "{\"event_id\":\"\\ud8\"}",
                "\uFEFF",
                "",
                " ")) {
            assertThat(sender.post("/webhooks/typeform", ProvidersIT.typeform(malformed), malformed)
                            .statusCode())
                    .as(malformed)
                    .isEqualTo(400);
        }
        for (String fine : List.of(
                "\uFEFF{\"event_id\":\"1\"}",
                "{\"event_id\":\"1\",\"event_id\":\"2\"}",
                "{\"event_id\":\"1\",\"a\":" + "[".repeat(900) + "]".repeat(900) + "}")) {
            assertThat(sender.post("/webhooks/typeform", ProvidersIT.typeform(fine), fine)
                            .statusCode())
                    .as(fine)
                    .isEqualTo(202);
        }
    }

    @Test
    void a_mark_of_the_byte_order_moves_no_items_bytes() {
        String item =
                "{\"tenantId\":\"1\",\"resourceId\":\"é\",\"eventType\":\"UPDATE\",\"eventCategory\":\"INVOICE\",\"eventDateUtc\":\"t\"}";
        String body = "\uFEFF{\"events\":[ " + item + " ]}";
        try (Topic topic = Topic.fromNow("webhooks.xero")) {
            assertThat(sender.post("/webhooks/xero", ProvidersIT.xero(body), body)
                            .statusCode())
                    .isEqualTo(202);
            ConsumerRecord<String, byte[]> record = topic.until(1).get(0);
            assertThat(new String(record.value(), StandardCharsets.UTF_8)).isEqualTo(item);
        }
    }

    @Test
    void a_time_is_seconds_in_plain_digits_whatever_was_signed() throws IOException {
        long now = Instant.now().getEpochSecond();
        for (String odd : List.of(
                now + "000",
                "-" + now,
                "+" + now,
                now + ".0",
                now + "e0",
                "0x" + Long.toHexString(now),
                "9223372036854775807",
                "9223372036854775808",
                "99999999999999999999999999",
                "-9223372036854775808",
                "NaN",
                "00000000000000" + now,
                String.valueOf(now).replace('1', '\u00b9'))) {
            assertThat(exchange("payments", standard(odd, signature(odd)), BODY))
                    .as(odd)
                    .isEqualTo(401);
            assertThat(exchange("slack", slack(odd), "{\"event_id\":\"1\"}"))
                    .as(odd)
                    .isEqualTo(401);
        }
        assertThat(exchange("payments", standard(String.valueOf(now), signature(String.valueOf(now))), BODY))
                .isEqualTo(202);
        assertThat(exchange("slack", slack(String.valueOf(now)), "{\"event_id\":\"1\"}"))
                .isEqualTo(202);
    }

    @Test
    void a_signature_is_found_among_ten_and_nowhere_else() throws IOException {
        String now = String.valueOf(Instant.now().getEpochSecond());
        String right = signature(now);
        String wrong = "v1," + Base64.getEncoder().encodeToString(new byte[32]);
        for (String genuine : List.of(
                right, wrong + " " + right, "v2,AAAA " + right, (wrong + " ").repeat(9) + right, right + " " + right)) {
            assertThat(exchange("payments", standard(now, genuine), BODY))
                    .as(genuine)
                    .isEqualTo(202);
        }
        for (String other : List.of(
                (wrong + " ").repeat(10) + right,
                (wrong + " ").repeat(300) + right,
                right.replace("v1,", "v1="),
                right.replace("v1,", "V1,"),
                right.replace("v1,", "v1,v1,"),
                right.replace("v1,", ""),
                right + "=",
                right.substring(0, 20) + "\t" + right.substring(20),
                "v1," + Base64.getUrlEncoder().encodeToString(new byte[] {-1, -1, -1}),
                "v1a," + right.substring(3),
                ",",
                " ",
                "v1,",
                ",".repeat(5000))) {
            assertThat(exchange("payments", standard(now, other), BODY))
                    .as(other)
                    .isEqualTo(401);
        }
    }

    @Test
    void hexadecimal_digits_are_the_same_in_either_case_and_none_of_other_scripts() throws IOException {
        String signature = ProvidersIT.github(BODY, "push", id).get("X-Hub-Signature-256");
        assertThat(exchange("github", github("sha256=" + signature.substring(7).toUpperCase(Locale.ROOT)), BODY))
                .isEqualTo(202);
        for (String odd : List.of(
                signature.toUpperCase(Locale.ROOT),
                signature.substring(7),
                signature + "00",
                signature.substring(0, signature.length() - 1),
                " " + signature.substring(0, 30) + " " + signature.substring(30),
                signature + "," + signature,
                signature + ";",
                "sha256=" + "\u00b2".repeat(64),
                "sha1=" + signature.substring(7),
                "sha256=")) {
            assertThat(exchange("github", github(odd), BODY)).as(odd).isEqualTo(401);
        }
    }

    private HttpResponse<String> paid(String id, String body) {
        return sender.post("/webhooks/payments", Sender.signed(id, Instant.now(), body), body);
    }

    private static String json(String type, String key) {
        return "{\"event\":\"" + type + "\",\"orderId\":\"" + key + "\"}";
    }

    private static void assertInvalid(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("event_attribute_invalid");
    }

    private Map<String, String> standard(String time, String signatures) {
        return Map.of("webhook-id", id, "webhook-timestamp", time, "webhook-signature", signatures);
    }

    private String signature(String time) {
        return "v1," + Base64.getEncoder().encodeToString(hmac(KEY, id + "." + time + "." + BODY));
    }

    private static Map<String, String> slack(String time) {
        return Map.of(
                "X-Slack-Request-Timestamp",
                time,
                "X-Slack-Signature",
                "v0=" + HexFormat.of().formatHex(hmac(SECRET, "v0:" + time + ":{\"event_id\":\"1\"}")));
    }

    private Map<String, String> github(String signature) {
        return Map.of("X-GitHub-Delivery", id, "X-GitHub-Event", "push", "X-Hub-Signature-256", signature);
    }

    /** As Vert.x reads headers: a character for a byte. */
    private int exchange(String source, Map<String, String> headers, String body) throws IOException {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", "application/json");
        all.put("Content-Length", String.valueOf(body.length()));
        StringBuilder head =
                new StringBuilder("POST /webhooks/" + source + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
        all.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        try (Wire wire = new Wire(root)) {
            return Integer.parseInt(wire.write(head + "\r\n" + body).rest().substring(9, 12));
        }
    }

    private static byte[] hmac(byte[] key, String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
