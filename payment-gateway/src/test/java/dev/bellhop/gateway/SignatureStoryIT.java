package dev.bellhop.gateway;

import static dev.bellhop.gateway.Client.json;
import static dev.bellhop.gateway.Client.newPayment;
import static dev.bellhop.gateway.Client.pay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.bellhop.gateway.RecordingReceiver.Received;
import dev.bellhop.testing.RealPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each style of signature as a receiver gets it. */
@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestKeys.class)
class SignatureStoryIT {

    /** What comes before an Ed25519 key's 32 bytes in its X.509 form (RFC 8410, section 4). */
    private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

    private RecordingReceiver receiver;
    private String endpointId = "";

    @BeforeEach
    void listen() {
        receiver = new RecordingReceiver();
    }

    @AfterEach
    void stopListening() {
        Client.delete(endpointId);
        receiver.close();
    }

    @Test
    void stripes_client_accepts_both_secrets_while_they_overlap() {
        JsonPath endpoint = endpoint("stripe");
        String newer = json(TestKeys.OPERATOR, "{\"overlap\":\"PT1H\"}")
                .post("/webhook-endpoints/" + endpointId + "/rotate-secret")
                .then()
                .statusCode(200)
                .extract()
                .path("secret");

        Received webhook = paid("in stripes style");

        for (String secret : new String[] {endpoint.getString("secret"), newer}) {
            assertThatCode(() -> com.stripe.net.Webhook.Signature.verifyHeader(
                            webhook.body(), webhook.header("Stripe-Signature"), secret, 300))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void githubs_headers_are_there_and_the_hash_is_right() throws Exception {
        JsonPath endpoint = endpoint("github");

        Received webhook = paid("in githubs style");

        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(bytes(endpoint.getString("secret")), "HmacSHA256"));
        assertThat(webhook.header("X-Hub-Signature-256"))
                .isEqualTo("sha256=" + HexFormat.of().formatHex(mac.doFinal(bytes(webhook.body()))));
        assertThat(webhook.header("X-GitHub-Event")).isEqualTo("payment_success");
        assertThat(webhook.header("X-GitHub-Delivery")).isNotBlank();
    }

    @Test
    void the_public_key_of_the_endpoint_proves_an_asymmetric_signature() throws Exception {
        JsonPath endpoint = endpoint("standard-webhooks-asymmetric");
        byte[] key = Base64.getDecoder().decode(endpoint.getString("publicKey").substring("whpk_".length()));
        byte[] encoded = new byte[ED25519.length + key.length];
        System.arraycopy(ED25519, 0, encoded, 0, ED25519.length);
        System.arraycopy(key, 0, encoded, ED25519.length, key.length);
        PublicKey publicKey = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));

        Received webhook = paid("asymmetric");

        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(publicKey);
        signature.update(
                bytes(webhook.header("webhook-id") + "." + webhook.header("webhook-timestamp") + "." + webhook.body()));
        String sent = webhook.header("webhook-signature");
        assertThat(sent).startsWith("v1a,");
        assertThat(signature.verify(Base64.getDecoder().decode(sent.substring("v1a,".length()))))
                .isTrue();
        assertThat(endpoint.getString("secret")).isNull();
    }

    private JsonPath endpoint(String style) {
        JsonPath endpoint = Client.endpoint("{\"url\":\"" + receiver.url() + "\",\"style\":\"" + style + "\"}");
        endpointId = endpoint.getString("endpointId");
        return endpoint;
    }

    private Received paid(String order) {
        pay(newPayment(order, 5));
        await().untilAsserted(() -> assertThat(receiver.about(order)).hasSize(1));
        return receiver.about(order).get(0);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
