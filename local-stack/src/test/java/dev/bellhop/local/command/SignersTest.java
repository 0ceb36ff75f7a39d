package dev.bellhop.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
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
        return Objects.requireNonNull(Signers.named(scheme, Map.of())).headers(delivery, secret);
    }

    private static Outgoing outgoing(String id, long millis, String url, String body) {
        return new Outgoing("push", id, Instant.ofEpochMilli(millis), url, body.getBytes(StandardCharsets.UTF_8));
    }
}
