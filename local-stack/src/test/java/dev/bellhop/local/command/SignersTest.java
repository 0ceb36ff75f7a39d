package dev.bellhop.local.command;

import static dev.bellhop.local.command.Keyed.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the providers publish as examples, we sign alike; or, where they publish none, what their rule gives. */
class SignersTest {

    /** Whose samples are not those of a scheme. */
    private static final List<String> SOURCES = List.of("payments", "chargebee");

    private static final String NOTE =
            "{\"id\":\"evt_test_1\",\"type\":\"payment_intent.succeeded\",\"note\":\"café 😊\"}";

    private static final String ADYEN_KEY = "9064450A8892A093D9E97EFCC9639DE31B74F3A7803135555A3C96F5A57915D6";

    private static final Outgoing MESSAGE =
            outgoing("x", 1_618_884_473_000L, "https://example.com/webhooks/x", "{\"hello\": \"world\"}");

    @Test
    void standard_webhooks() {
        assertThat(headers(
                        "standard-webhooks",
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        outgoing("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330_000L, "", "{\"test\": 2432232314}")))
                .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void stripe() {
        assertThat(headers("stripe", "whsec_test_secret", outgoing("x", 1_614_265_330_000L, "", NOTE)))
                .containsEntry(
                        "Stripe-Signature",
                        "t=1614265330,v1=cc83f31b5d99c7d31ae36dd0dd97b9e29b0b9fbdd84c42ec6a8fe367d362a9ff");
    }

    @Test
    void github() {
        assertThat(headers("github", "It's a Secret to Everybody", outgoing("x", 0, "", "Hello, World!")))
                .containsEntry(
                        "X-Hub-Signature-256",
                        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
    }

    @Test
    void shopify_and_typeform() {
        assertThat(headers("shopify", "shpss_test_secret", outgoing("x", 0, "", NOTE)))
                .containsEntry("X-Shopify-Hmac-SHA256", "TiSrwqasJbwgyUJBA8SM6zhtwsyCfHf9NNKNyvuZIG4=");
        assertThat(headers("typeform", "tf_test_secret", outgoing("x", 0, "", NOTE)))
                .containsEntry("Typeform-Signature", "sha256=oTiRtfRVOtyAMhRD/+YVT7/VLDsjg963iUoFwpiaeho=");
    }

    @Test
    void slack() {
        String body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
                + "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
                + "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
                + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

        assertThat(headers("slack", "8f742231b10e8888abcd99yyyzzz85a5", outgoing("x", 1_531_420_618_000L, "", body)))
                .containsEntry(
                        "X-Slack-Signature", "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");
    }

    @Test
    void hubspot() {
        Outgoing delivery = outgoing(
                "x", 1_693_657_560_000L, "https://www.example.com/webhook_uri", "{'example_field':'example_value'}");

        assertThat(headers("hubspot", "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy", delivery))
                .containsEntry("X-HubSpot-Signature-v3", "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=");
    }

    @Test
    void square() {
        Outgoing delivery =
                outgoing("x", 0, "https://webhook.site/webhooks", "{\"data\":{\"type\":\"webhooks\",\"id\":\">id<\"}}");

        assertThat(headers("square", "signature-key", delivery))
                .containsEntry("x-square-hmacsha256-signature", "Cxt7+aTi4rKgcA0bC4g9EHdVtLSDWdqccmL5MvihU4U=");
    }

    @Test
    void paddle() {
        assertThat(headers("paddle", "VALID_SECRET", outgoing("x", 1_698_796_800_000L, "", "{\"data\": \"value\"}")))
                .containsEntry(
                        "Paddle-Signature",
                        "ts=1698796800;h1=28981e941fae76e53db32f3d2a83cb69db41476595e84e1970a1b5d98f62b261");
    }

    @Test
    void mandrill() {
        Outgoing delivery = outgoing(
                "x",
                0,
                "https://example.com/hooks/mandrill",
                "mandrill_events=%5B%7B%22event%22%3A%22send%22%2C%22_id%22%3A%221%22%7D%5D");

        assertThat(headers("mandrill", "mandrill_key", delivery))
                .containsEntry("X-Mandrill-Signature", "4XdgGwsSwFwU8l/SZMtI3Ovu0fU=");
    }

    @Test
    void meta() {
        assertThat(headers("meta", "It's a Secret to Everybody", outgoing("x", 0, "", NOTE)))
                .containsEntry(
                        "X-Hub-Signature-256",
                        "sha256=33b43c5361ba8a41897190063cd4b14e0ada3df7e95114c6f856d81d2b20ff17");
    }

    @Test
    void hubspot_before_version_3() {
        String body = "[{\"eventId\":1,\"subscriptionId\":12345,\"portalId\":62515,\"occurredAt\":1564113600000,"
                + "\"subscriptionType\":\"contact.creation\",\"attemptNumber\":0,\"objectId\":123,"
                + "\"changeSource\":\"CRM\",\"changeFlag\":\"NEW\",\"appId\":54321}]";
        Outgoing second =
                outgoing("x", 0, "https://www.example.com/webhook_uri", "{\"example_field\":\"example_value\"}");

        assertThat(headers("hubspot-v1", "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy", outgoing("x", 0, "", body)))
                .containsEntry(
                        "X-HubSpot-Signature", "232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de");
        assertThat(headers("hubspot-v2", "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy", second))
                .containsEntry(
                        "X-HubSpot-Signature", "9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900");
    }

    @Test
    void adyen_signs_each_item_inside_the_body() {
        String item = "{\"NotificationRequestItem\":{\"pspReference\":\"test_REPORT_AVAILABLE\","
                + "\"merchantAccountCode\":\"Magento2Rik\",\"merchantReference\":\"%s\","
                + "\"amount\":{\"value\":0,\"currency\":\"EUR\"},\"eventCode\":\"REPORT_AVAILABLE\","
                + "\"success\":\"true\",\"originalReference\":%s%s}}";
        String body = "{\"live\":\"false\",\"notificationItems\":["
                + item.formatted("testMerchantRef1", "null", ",\"additionalData\":{\"cardSummary\":\"1111\"}") + ","
                + item.formatted("café 😊 你好", "\"o\"", "") + "]}";

        byte[] signed = signer("adyen").body(utf8(body), ADYEN_KEY);

        assertThat(new String(signed, StandardCharsets.UTF_8))
                .isEqualTo("{\"live\":\"false\",\"notificationItems\":["
                        + item.formatted(
                                "testMerchantRef1",
                                "null",
                                ",\"additionalData\":{\"cardSummary\":\"1111\",\"hmacSignature\":"
                                        + "\"NuEkADFmlCC6VgX+wcoPAegIWxVPNBPCuKlM4Hzo5qc=\"}")
                        + ","
                        + item.formatted(
                                "café 😊 你好",
                                "\"o\"",
                                ",\"additionalData\":{\"hmacSignature\":\"yQhsDX+SDRZNeXsIh0R5ttOcy3tn/1dsxVFed8lUdCk=\"}")
                        + "]}");
    }

    @Test
    void adyen_for_platforms() {
        assertThat(headers("adyen-platform", ADYEN_KEY, outgoing("x", 0, "", "TestPayload")))
                .containsEntry("HmacSignature", "YA9/UDjldIO4Gq68X4ATYYoEaPYH4f4k2uzBBzEF1PA=");
    }

    @Test
    void http_message_signatures() {
        // the keys of RFC 9421 B.1.5 and B.1.4; the second makes the same signature each time
        String shared = "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==";
        String ed25519 = "ed25519:MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF";

        assertThat(headers("http-message-signatures", shared, MESSAGE))
                .containsOnly(
                        Map.entry("Content-Digest", "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:"),
                        Map.entry(
                                "Signature-Input",
                                "sig=(\"@method\" \"@target-uri\" \"content-type\" \"content-digest\")"
                                        + ";created=1618884473"),
                        Map.entry("Signature", "sig=:Jk9RTo6zmIcsQ63atuLX2i7dUlxvSkMsvptnK2u8aDU=:"));
        assertThat(headers("http-message-signatures", ed25519, MESSAGE))
                .containsEntry(
                        "Signature",
                        "sig=:BFwE/EV66QgO3I+8TAIlbIdP+Kvz7IsELj3LHcKf0t6U5nskgKYSan0TSoCpadwwh4pjSGP57s6Ef46CMW5iAA==:");
    }

    @Test
    void http_message_signatures_by_ecdsa() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        String secret = "ecdsa-p256-sha256:" + Keyed.base64(pair.getPrivate().getEncoded());

        Map<String, String> headers = headers("http-message-signatures", secret, MESSAGE);

        Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
        verifier.initVerify(pair.getPublic());
        verifier.update(utf8("\"@method\": POST\n"
                + "\"@target-uri\": https://example.com/webhooks/x\n"
                + "\"content-type\": application/json\n"
                + "\"content-digest\": sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:\n"
                + "\"@signature-params\": (\"@method\" \"@target-uri\" \"content-type\" \"content-digest\")"
                + ";created=1618884473"));
        String signature = Objects.requireNonNull(headers.get("Signature"));
        assertThat(verifier.verify(
                        Base64.getDecoder().decode(signature.substring("sig=:".length(), signature.length() - 1))))
                .isTrue();
    }

    @Test
    void paypal() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        String secret = "1JE4291016473214C:" + Keyed.base64(pair.getPrivate().getEncoded());
        Outgoing delivery = outgoing("x", 1_614_265_330_000L, "", "{\"hello\": \"world\"}");

        Map<String, String> headers = headers("paypal", secret, delivery);

        Signature verifier = Signature.getInstance("SHA256withRSA");
        verifier.initVerify(pair.getPublic());
        verifier.update(utf8("x|2021-02-25T15:02:10Z|1JE4291016473214C|2258873890"));
        assertThat(verifier.verify(
                        Base64.getDecoder().decode(Objects.requireNonNull(headers.get("PAYPAL-TRANSMISSION-SIG")))))
                .isTrue();
        assertThat(headers)
                .containsEntry("PAYPAL-TRANSMISSION-ID", "x")
                .containsEntry("PAYPAL-TRANSMISSION-TIME", "2021-02-25T15:02:10Z")
                .containsEntry("PAYPAL-AUTH-ALGO", "SHA256withRSA")
                .containsKey("PAYPAL-CERT-URL");
    }

    @Test
    void what_cannot_be_signed_is_said_without_showing_it() {
        assertThatThrownBy(() -> signer("adyen").body(utf8("secret or not"), ADYEN_KEY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the body is no JSON");
        assertThatThrownBy(() -> headers("adyen-platform", "zq", MESSAGE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the secret is not hexadecimal");
        assertThatThrownBy(() -> headers("mandrill", "key", outgoing("x", 0, "", "{}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the body is no form");
        assertThatThrownBy(() -> headers("paypal", "1JE4291016473214C", MESSAGE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("WEBHOOK-ID:PRIVATE-KEY")
                .hasMessageNotContaining("1JE4291016473214C");
        assertThatThrownBy(() -> headers("http-message-signatures", "rsa-pss-sha512:c2VjcmV0", MESSAGE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ed25519:")
                .hasMessageNotContaining("c2VjcmV0");
    }

    @Test
    void a_public_key_signs_nothing() {
        String publicKey =
                "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEml/DWLA8wXm2Qhk0NewAyWpAQkBqiSMLTTv2o2lOl4cpEUipMbOCnJhSYbn/Gs/RQCrXV/ORD2eCh7NLts+eGw==";

        assertThatThrownBy(() -> headers("sendgrid", publicKey, outgoing("x", 0, "", "[]")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("private key");
    }

    @Test
    void every_sample_is_there_and_belongs_to_somebody_who_can_be_played() {
        assertThat(Sample.all()).isNotEmpty().allSatisfy(sample -> {
            String body = new String(sample.body("id-1", Instant.EPOCH), StandardCharsets.UTF_8);
            assertThat(body)
                    .isNotEmpty()
                    .doesNotContain("{id}")
                    .doesNotContain("{now}")
                    .doesNotContain("{seconds}");
            assertThat(Signers.names().contains(sample.owner()) || SOURCES.contains(sample.owner()))
                    .isTrue();
        });
        assertThat(Sample.all())
                .extracting(Sample::family)
                .contains(
                        "payments",
                        "form submissions",
                        "new orders",
                        "subscription renewals",
                        "git pushes",
                        "deployments",
                        "CRM",
                        "e-mail marketing");
    }

    private static Map<String, String> headers(String scheme, String secret, Outgoing delivery) {
        return signer(scheme).headers(delivery, secret);
    }

    private static Signer signer(String scheme) {
        return Objects.requireNonNull(Signers.named(scheme, Map.of()));
    }

    private static Outgoing outgoing(String id, long millis, String url, String body) {
        return new Outgoing("push", id, Instant.ofEpochMilli(millis), url, utf8(body));
    }
}
