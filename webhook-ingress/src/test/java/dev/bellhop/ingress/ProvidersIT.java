package dev.bellhop.ingress;

import static dev.bellhop.ingress.Sender.signed;
import static dev.bellhop.ingress.Topic.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.contract.Topics;
import dev.bellhop.testing.RealKafka;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What single providers need beside a signature: batches, forms, questions, limits. */
@QuarkusTest
@QuarkusTestResource(RealKafka.class)
@QuarkusTestResource(TestSources.class)
class ProvidersIT {

    @TestHTTPResource("/")
    URI root;

    @Inject
    MeterRegistry metrics;

    private Sender sender;

    @BeforeEach
    void connect() {
        sender = new Sender(root);
    }

    @Test
    void each_item_of_a_batch_is_a_record_of_its_own_and_one_answer_is_for_all() {
        // Given
        String first =
                "{\"resourceId\":\"r1\",\"tenantId\":\"t\",\"eventType\":\"UPDATE\",\"eventCategory\":\"INVOICE\",\"eventDateUtc\":\"2026-01-02T03:04:05.678\"}";
        String second = first.replace("r1", "café");
        String body = "{\"events\":[" + first + ", " + second + "],\"entropy\":\"S0m3r4Nd0mt3xt\"}";
        try (Topic topic = Topic.fromNow("webhooks.xero")) {
            // When
            HttpResponse<String> answer = sender.post("/webhooks/xero", xero(body), body);
            // Then
            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(answer.body()).isEmpty();
            List<ConsumerRecord<String, byte[]>> records = topic.until(2);
            assertThat(records)
                    .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
                    .containsExactlyInAnyOrder(first, second);
            assertThat(records).extracting(ConsumerRecord::key).containsExactlyInAnyOrder("r1", "café");
            assertThat(records).extracting(record -> header(record, "ce_id")).doesNotHaveDuplicates();
            assertThat(header(records.get(0), "ce_type")).isEqualTo("INVOICE:UPDATE");
        }
    }

    /** Xero enables no webhook whose answers have a body, those that refuse among them. */
    @Test
    void xeros_intent_to_receive_is_200_if_signed_and_401_if_not_without_a_body() {
        String body = "{\"events\":[],\"firstEventSequence\":0,\"lastEventSequence\":0,\"entropy\":\"x\"}";

        HttpResponse<String> signed = sender.post("/webhooks/xero", xero(body), body);
        HttpResponse<String> forged = sender.post("/webhooks/xero", xero(body + " "), body);
        HttpResponse<String> unread = get("/webhooks/xero");

        assertThat(signed.statusCode()).isEqualTo(200);
        assertThat(forged.statusCode()).isEqualTo(401);
        assertThat(forged.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(unread.statusCode()).isEqualTo(405);
        assertThat(unread.headers().firstValue("Allow")).contains("POST");
        assertThat(List.of(signed, forged, unread)).allSatisfy(answer -> {
            assertThat(answer.body()).isEmpty();
            assertThat(answer.headers().firstValue("Content-Type")).isEmpty();
            assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        });
    }

    @Test
    void a_github_push_keeps_the_headers_that_are_worth_it_and_goes_in_order_of_its_repository() {
        String body = "{\"ref\":\"refs/heads/main\",\"repository\":{\"id\":1,\"full_name\":\"octo/repo\"}}";
        Map<String, String> headers = github(body, "push");
        try (Topic topic = Topic.fromNow("webhooks.github")) {
            assertThat(sender.post("/webhooks/github", headers, body).statusCode())
                    .isEqualTo(202);

            ConsumerRecord<String, byte[]> record = topic.until(1).get(0);
            assertThat(record.key()).isEqualTo("octo/repo");
            assertThat(header(record, "ce_id")).isEqualTo(headers.get("X-GitHub-Delivery"));
            assertThat(header(record, "ce_type")).isEqualTo("push");
            assertThat(header(record, "x-github-event")).isEqualTo("push");
            assertThat(header(record, "x-hub-signature-256")).isNull();
        }
    }

    @Test
    void a_form_is_taken_where_the_provider_sends_one() {
        String body = "payload=%7B%22repository%22%3A%7B%22full_name%22%3A%22octo%2Fform%22%7D%7D";
        Map<String, String> headers = new HashMap<>(github(body, "push"));
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        try (Topic topic = Topic.fromNow("webhooks.github")) {
            assertThat(sender.post("/webhooks/github", headers, body).statusCode())
                    .isEqualTo(202);

            ConsumerRecord<String, byte[]> record = topic.until(1).get(0);
            assertThat(record.key()).isEqualTo("octo/form");
            assertThat(new String(record.value(), StandardCharsets.UTF_8)).isEqualTo(body);
        }
    }

    @Test
    void a_question_is_answered_and_published_nowhere() {
        String ping = "{\"zen\":\"Keep it logically awesome.\"}";
        assertThat(sender.post("/webhooks/github", github(ping, "ping"), ping).statusCode())
                .isEqualTo(200);
        assertThat(sender.post("/webhooks/github", Map.of("X-GitHub-Event", "ping"), ping)
                        .statusCode())
                .isEqualTo(401);

        String verification =
                "{\"type\":\"url_verification\",\"challenge\":\"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P\"}";
        HttpResponse<String> slack = sender.post("/webhooks/slack", slack(verification), verification);
        assertThat(slack.statusCode()).isEqualTo(200);
        assertThat(slack.body()).isEqualTo("3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P");

        HttpResponse<String> meta =
                get("/webhooks/meta?hub.mode=subscribe&hub.verify_token=a-verify-token&hub.challenge=%3Cb%3E1158");
        assertThat(meta.statusCode()).isEqualTo(200);
        assertThat(meta.body()).isEqualTo("<b>1158");
        assertThat(meta.headers().firstValue("Content-Type")).contains("text/plain");
        assertThat(get("/webhooks/meta?hub.verify_token=wrong&hub.challenge=1").statusCode())
                .isEqualTo(405);
        assertThat(get("/webhooks/meta?hub.verify_token=a-verify-token&hub.challenge=1&hub.challenge=2")
                        .statusCode())
                .isEqualTo(405);

        assertThat(get("/webhooks/mailchimp").statusCode()).isEqualTo(200);
        assertThat(sender.post(
                                "/webhooks/woocommerce",
                                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                                "webhook_id=7")
                        .statusCode())
                .isEqualTo(200);
        assertThat(sender.post(
                                "/webhooks/woocommerce",
                                Map.of("Content-Type", "application/x-www-form-urlencoded"),
                                "webhook_id=7&x=1")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void the_cloud_events_handshake_tells_the_rate_that_is_allowed() {
        HttpResponse<String> known = sender.send(
                "OPTIONS",
                "/webhooks/slow",
                Map.of("WebHook-Request-Origin", "eventemitter.example.com", "WebHook-Request-Rate", "120"),
                BodyPublishers.noBody());
        HttpResponse<String> stranger = sender.send(
                "OPTIONS", "/webhooks/slow", Map.of("WebHook-Request-Origin", "example.org"), BodyPublishers.noBody());

        assertThat(known.statusCode()).isEqualTo(200);
        assertThat(known.headers().firstValue("WebHook-Allowed-Origin")).contains("eventemitter.example.com");
        assertThat(known.headers().firstValue("WebHook-Allowed-Rate")).contains("60");
        assertThat(known.headers().firstValue("Allow")).contains("POST");
        assertThat(stranger.statusCode()).isEqualTo(405);
    }

    @Test
    void too_fast_is_429_and_forgeries_do_not_count() {
        for (int i = 0; i < 5; i++) {
            assertThat(sender.post("/webhooks/slow", Map.of(), "{}").statusCode())
                    .isEqualTo(401);
        }
        HttpResponse<String> first = sender.post("/webhooks/slow", signed("a", Instant.now(), "{}"), "{}");
        HttpResponse<String> second = sender.post("/webhooks/slow", signed("b", Instant.now(), "{}"), "{}");

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(second.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void a_proxy_of_ours_that_names_nobody_speaks_for_itself() {
        Map<String, String> headers = new HashMap<>(github("{}", "push"));

        assertThat(sender.post("/webhooks/inside", headers, "{}").statusCode()).isEqualTo(202);
        headers.put("X-Forwarded-For", "");
        assertThat(sender.post("/webhooks/inside", headers, "{}").statusCode()).isEqualTo(403);
    }

    @Test
    void an_address_outside_the_list_is_403_and_only_a_trusted_proxy_may_name_another() {
        Map<String, String> headers = github("{}", "push");
        assertThat(sender.post("/webhooks/near", headers, "{}").statusCode()).isEqualTo(403);

        Map<String, String> forwarded = new HashMap<>(headers);
        forwarded.put("X-Forwarded-For", "192.0.2.7");
        assertThat(sender.post("/webhooks/near", forwarded, "{}").statusCode()).isEqualTo(202);
        forwarded.put("X-Forwarded-For", "192.0.2.7, 198.51.100.1");
        assertThat(sender.post("/webhooks/near", forwarded, "{}").statusCode()).isEqualTo(403);
        forwarded.put("X-Forwarded-For", "192.0.2.7:54321");
        assertThat(sender.post("/webhooks/near", forwarded, "{}").statusCode()).isEqualTo(202);
        forwarded.put("X-Forwarded-For", "198.51.100.1:54321, 127.0.0.2:443");
        assertThat(sender.post("/webhooks/near", forwarded, "{}").statusCode()).isEqualTo(403);
        forwarded.put("X-Forwarded-For", "not an address");
        assertThat(sender.post("/webhooks/near", forwarded, "{}").statusCode()).isEqualTo(403);
    }

    @Test
    void what_cannot_be_proven_while_paypal_is_away_is_to_be_sent_again_and_is_not_kept_as_rejected() {
        double before = unavailable();
        try (Topic topic = Topic.fromNow(Topics.REJECTED)) {
            // When
            HttpResponse<String> answer = sender.post("/webhooks/paypal", paypal("CERT-away"), "{}");

            // Then
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("unavailable");
            assertThat(unavailable()).isEqualTo(before + 1);
            assertThat(sender.post("/webhooks/paypal", paypal("CERT-none"), "{}")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(topic.until(1))
                    .extracting(record -> header(record, "bellhop_reason"))
                    .containsExactly("signature_wrong");
        }
    }

    @Test
    void what_was_refused_can_be_looked_at_without_its_secrets() {
        String body = "{\"note\":\"" + "x".repeat(5000) + "\"}";
        Map<String, String> headers = Map.of(
                "Content-Type",
                "application/json",
                "Typeform-Signature",
                "sha256=AAAA",
                "Authorization",
                "Bearer hunter2",
                "X-Note",
                "seen");
        try (Topic topic = Topic.fromNow(Topics.REJECTED)) {
            assertThat(sender.post("/webhooks/typeform", headers, body).statusCode())
                    .isEqualTo(401);

            ConsumerRecord<String, byte[]> record = topic.until(1).get(0);
            assertThat(record.key()).isEqualTo("typeform");
            assertThat(record.value()).hasSize(4096);
            assertThat(header(record, "bellhop_reason")).isEqualTo("signature_wrong");
            assertThat(header(record, "bellhop_size")).isEqualTo(String.valueOf(body.length()));
            assertThat(header(record, "http_x-note")).isEqualTo("seen");
            assertThat(header(record, "http_typeform-signature")).isEqualTo("redacted");
            assertThat(header(record, "http_authorization")).isEqualTo("redacted");
        }
    }

    @Test
    void whom_nobody_can_tell_is_asked_for_a_proof_as_the_source_takes_one() {
        HttpResponse<String> basic = sender.post("/webhooks/basic", Map.of(), "{}");
        HttpResponse<String> signed = sender.post("/webhooks/github", Map.of(), "{}");
        HttpResponse<String> forged =
                sender.post("/webhooks/typeform", Map.of("Typeform-Signature", "sha256=AAAA"), "{}");

        assertThat(List.of(basic.statusCode(), signed.statusCode(), forged.statusCode()))
                .containsOnly(401);
        assertThat(basic.headers().allValues("WWW-Authenticate"))
                .containsExactly("Basic realm=\"webhooks\", charset=\"UTF-8\"");
        assertThat(signed.headers().allValues("WWW-Authenticate")).containsExactly("Signature realm=\"webhooks\"");
        assertThat(forged.headers().allValues("WWW-Authenticate")).containsExactly("Signature realm=\"webhooks\"");
        assertThat(List.of(basic, signed, forged))
                .allSatisfy(answer -> assertThat(new JsonObject(answer.body()).getString("code"))
                        .isEqualTo("not_authentic"));
    }

    @Test
    void operators_see_what_is_configured_and_nobody_sees_a_secret() {
        HttpResponse<String> answer = sender.send(
                "GET",
                "/sources",
                Map.of("Authorization", "Bearer " + TestSources.OPERATOR_KEY),
                BodyPublishers.noBody());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .doesNotContain(TestSources.SECRET)
                .doesNotContain("whsec_")
                .doesNotContain("a-verify-token");
        JsonArray data = new JsonObject(answer.body()).getJsonArray("data");
        JsonObject payments = data.stream()
                .map(JsonObject.class::cast)
                .filter(source -> "payments".equals(source.getString("source")))
                .findFirst()
                .orElseThrow();
        assertThat(payments.getString("scheme")).isEqualTo("standard-webhooks");
        assertThat(payments.getString("eventKey")).isEqualTo("json:/orderId");
        assertThat(payments.getJsonArray("secrets")).hasSize(2);
        assertThat(payments.getJsonArray("secrets").getJsonObject(1).getString("validUntil"))
                .isEqualTo("2100-01-01T00:00:00Z");
        assertThat(get("/sources").statusCode()).isEqualTo(401);
        assertThat(sender.send(
                                "GET",
                                "/sources",
                                Map.of("Authorization", "Bearer reader-key-0123456789"),
                                BodyPublishers.noBody())
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void sources_are_read_and_nothing_else() {
        HttpResponse<String> posted = sender.send("POST", "/sources", Map.of(), BodyPublishers.noBody());

        assertThat(posted.statusCode()).isEqualTo(405);
        assertThat(posted.headers().firstValue("Allow")).contains("GET, HEAD");
        assertThat(sender.send("HEAD", "/sources", Map.of(), BodyPublishers.noBody())
                        .statusCode())
                .isEqualTo(401);
    }

    private double unavailable() {
        return metrics.get("webhook.receipts")
                .tags("source", "paypal", "outcome", "failed", "reason", "certificate_unavailable")
                .counter()
                .count();
    }

    private HttpResponse<String> get(String path) {
        return sender.send("GET", path, Map.of(), BodyPublishers.noBody());
    }

    private static Map<String, String> github(String body, String event) {
        return github(body, event, UUID.randomUUID().toString());
    }

    static Map<String, String> github(String body, String event, String id) {
        return Map.of(
                "Content-Type",
                "application/json",
                "X-GitHub-Delivery",
                id,
                "X-GitHub-Event",
                event,
                "X-Hub-Signature-256",
                "sha256=" + HexFormat.of().formatHex(hmac(body)));
    }

    private static Map<String, String> paypal(String certificate) {
        return Map.of(
                "Content-Type",
                "application/json",
                "PAYPAL-TRANSMISSION-ID",
                UUID.randomUUID().toString(),
                "PAYPAL-TRANSMISSION-TIME",
                Instant.now().toString(),
                "PAYPAL-AUTH-ALGO",
                "SHA256withRSA",
                "PAYPAL-CERT-URL",
                "https://api.paypal.com/v1/notifications/certs/" + certificate,
                "PAYPAL-TRANSMISSION-SIG",
                "AAAA");
    }

    static Map<String, String> slack(String body) {
        String timestamp = String.valueOf(Instant.now().getEpochSecond());
        return Map.of(
                "Content-Type",
                "application/json",
                "X-Slack-Request-Timestamp",
                timestamp,
                "X-Slack-Signature",
                "v0=" + HexFormat.of().formatHex(hmac("v0:" + timestamp + ":" + body)));
    }

    static Map<String, String> xero(String body) {
        return Map.of(
                "Content-Type",
                "application/json",
                "x-xero-signature",
                Base64.getEncoder().encodeToString(hmac(body)));
    }

    static Map<String, String> typeform(String body) {
        return Map.of(
                "Content-Type",
                "application/json",
                "Typeform-Signature",
                "sha256=" + Base64.getEncoder().encodeToString(hmac(body)));
    }

    private static byte[] hmac(String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(TestSources.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
