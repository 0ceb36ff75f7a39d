package dev.bellhop.ingress;

import static dev.bellhop.ingress.Topic.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.testing.RealKafka;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several events in one body: a record for each with its own id and key, one answer for all, and all or none. */
@QuarkusTest
@QuarkusTestResource(RealKafka.class)
@QuarkusTestResource(TestSources.class)
class BatchesIT {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final byte[] SECRET = bytes(TestSources.SECRET);

    @TestHTTPResource("/")
    URI root;

    private Sender sender;

    @BeforeEach
    void connect() {
        sender = new Sender(root);
    }

    @Test
    void hubspot() {
        String contact =
                "{\"eventId\":1,\"subscriptionId\":12345,\"portalId\":62515,\"occurredAt\":1564113600000,\"subscriptionType\":\"contact.creation\",\"objectId\":123}";
        String deal = contact.replace("contact.creation", "deal.propertyChange").replace("123}", "456}");
        String body = "[" + contact + ",\n " + deal + "]";

        List<ConsumerRecord<String, byte[]>> records =
                accepted("hubspot", hubspot(body), body, body.replace("456", "457"));

        assertRecords(records, contact, deal);
        assertIds(records, "62515:12345:123:1564113600000:1", "62515:12345:456:1564113600000:1");
        assertThat(records).extracting(ConsumerRecord::key).containsExactlyInAnyOrder("123", "456");
        assertThat(records)
                .extracting(record -> header(record, "ce_type"))
                .containsExactlyInAnyOrder("contact.creation", "deal.propertyChange");
    }

    @Test
    void adyen() {
        String payment = adyenItem("order-1", "7914073381342284");
        String refund = adyenItem("order-2", "8816178914079738");
        String forged = payment.replace("order-1", "order-3");

        List<ConsumerRecord<String, byte[]>> records = accepted(
                "adyen",
                Map.of("Content-Type", "application/json"),
                adyenBody(payment, refund),
                adyenBody(refund, forged));

        assertRecords(records, payment, refund);
        assertIds(records, "AUTHORISATION:7914073381342284:true", "AUTHORISATION:8816178914079738:true");
        assertThat(records).extracting(ConsumerRecord::key).containsExactlyInAnyOrder("order-1", "order-2");
    }

    @Test
    void sendgrid() {
        String delivered =
                "{\"email\":\"a@example.com\",\"timestamp\":1513299569,\"event\":\"delivered\",\"sg_event_id\":\"ZGVsaXZlcmVk\",\"sg_message_id\":\"one\"}";
        String opened = delivered
                .replace("delivered", "open")
                .replace("ZGVsaXZlcmVk", "b3Blbg")
                .replace("one", "two");
        String body = "[" + delivered + "," + opened + "]\r\n";

        List<ConsumerRecord<String, byte[]>> records =
                accepted("sendgrid", sendgrid(body), body, body.replace("a@example", "b@example"));

        assertRecords(records, delivered, opened);
        assertIds(records, "ZGVsaXZlcmVk", "b3Blbg");
        assertThat(records).extracting(ConsumerRecord::key).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void mandrill() {
        String sent =
                "{\"event\":\"send\",\"_id\":\"exampleaaa\",\"ts\":1384954004,\"msg\":{\"subject\":\"café + 1\"}}";
        String bounced = "{\"event\":\"hard_bounce\",\"_id\":\"examplebbb\",\"ts\":1384954005}";
        String events = "[" + sent + "," + bounced + "]";
        String body = "mandrill_events=" + URLEncoder.encode(events, StandardCharsets.UTF_8);

        List<ConsumerRecord<String, byte[]>> records =
                accepted("mandrill", mandrill(events), body, body.replace("examplebbb", "exampleccc"));

        assertRecords(records, sent, bounced);
        assertIds(records, "exampleaaa:send:1384954004", "examplebbb:hard_bounce:1384954005");
        assertThat(records).extracting(record -> header(record, "content-type")).containsOnly("application/json");
        assertThat(records).extracting(ConsumerRecord::key).containsExactlyInAnyOrder("exampleaaa", "examplebbb");
    }

    @Test
    void more_events_than_one_delivery_may_have_are_too_many_and_none_is_published() {
        String body = "["
                + IntStream.range(0, 50_000)
                        .mapToObj(n -> "{\"portalId\":" + n + "}")
                        .collect(Collectors.joining(","))
                + "]";
        String few = "[{\"portalId\":1,\"eventId\":\"last\"}]";
        try (Topic topic = Topic.fromNow("webhooks.hubspot")) {
            HttpResponse<String> answer = sender.post("/webhooks/hubspot", hubspot(body), body);

            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("too_many_events");
            assertThat(sender.post("/webhooks/hubspot", hubspot(few), few).statusCode())
                    .isEqualTo(202);
            assertIds(topic.until(1), "1::::last");
        }
    }

    @Test
    void as_many_events_as_one_delivery_may_have_are_all_published() {
        String body = "["
                + IntStream.range(0, 5_000)
                        .mapToObj(n -> "{\"portalId\":" + n + "}")
                        .collect(Collectors.joining(","))
                + "]";
        try (Topic topic = Topic.fromNow("webhooks.hubspot")) {
            assertThat(sender.post("/webhooks/hubspot", hubspot(body), body).statusCode())
                    .isEqualTo(202);

            assertThat(topic.until(5_000)).hasSize(5_000);
        }
    }

    /** The records of the good body, after the body of which one item is forged was refused. */
    private List<ConsumerRecord<String, byte[]>> accepted(
            String source, Map<String, String> headers, String body, String forged) {
        try (Topic topic = Topic.fromNow("webhooks." + source)) {
            assertThat(sender.post("/webhooks/" + source, headers, forged).statusCode())
                    .isEqualTo(401);
            assertThat(sender.post("/webhooks/" + source, headers, body).statusCode())
                    .isEqualTo(202);
            return topic.until(2);
        }
    }

    private static void assertRecords(List<ConsumerRecord<String, byte[]>> records, String... items) {
        assertThat(records)
                .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
                .containsExactlyInAnyOrder(items);
    }

    private static void assertIds(List<ConsumerRecord<String, byte[]>> records, String... ids) {
        assertThat(records).extracting(record -> header(record, "ce_id")).containsExactlyInAnyOrder(ids);
    }

    static Map<String, String> hubspot(String body) {
        String timestamp = String.valueOf(Instant.now().toEpochMilli());
        String content = "POST" + TestSources.PUBLIC + "hubspot" + body + timestamp;
        return Map.of(
                "Content-Type",
                "application/json",
                "X-HubSpot-Request-Timestamp",
                timestamp,
                "X-HubSpot-Signature-v3",
                base64(mac("HmacSHA256", SECRET, content)));
    }

    static Map<String, String> sendgrid(String body) {
        String timestamp = String.valueOf(Instant.now().getEpochSecond());
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(TestSources.sendgridKeys().getPrivate());
            signature.update(bytes(timestamp + body));
            return Map.of(
                    "Content-Type",
                    "application/json",
                    "X-Twilio-Email-Event-Webhook-Timestamp",
                    timestamp,
                    "X-Twilio-Email-Event-Webhook-Signature",
                    base64(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static Map<String, String> mandrill(String events) {
        String content = TestSources.PUBLIC + "mandrill" + "mandrill_events" + events;
        return Map.of("Content-Type", FORM, "X-Mandrill-Signature", base64(mac("HmacSHA1", SECRET, content)));
    }

    private static String adyenItem(String order, String psp) {
        byte[] key = HexFormat.of().parseHex(TestSources.HEXADECIMAL_SECRET);
        String content = psp + "::Account:" + order + ":1000:EUR:AUTHORISATION:true";
        return "{\"NotificationRequestItem\":{\"pspReference\":\"" + psp
                + "\",\"merchantAccountCode\":\"Account\",\"merchantReference\":\"" + order
                + "\",\"amount\":{\"value\":1000,\"currency\":\"EUR\"},\"eventCode\":\"AUTHORISATION\",\"success\":\"true\","
                + "\"additionalData\":{\"hmacSignature\":\"" + base64(mac("HmacSHA256", key, content)) + "\"}}}";
    }

    private static String adyenBody(String... items) {
        return "{\"live\":\"false\",\"notificationItems\":[" + String.join(",", items) + "]}";
    }

    private static byte[] mac(String algorithm, byte[] key, String content) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(bytes(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
