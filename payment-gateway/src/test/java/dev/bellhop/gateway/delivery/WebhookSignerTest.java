package dev.bellhop.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.standardwebhooks.Webhook;
import dev.bellhop.gateway.domain.SignatureStyle;
import dev.bellhop.gateway.domain.SigningSecret;
import dev.bellhop.gateway.domain.SigningSecrets;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the published vectors and the vendors' own clients. */
class WebhookSignerTest {

    private static final String OLDER = SigningSecrets.generate(SignatureStyle.STRIPE, new SecureRandom());
    private static final String NEWER = SigningSecrets.generate(SignatureStyle.STRIPE, new SecureRandom());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "STANDARD_WEBHOOKS | whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw | msg_p5jXN8AQM9LWM0D4loKWxJek | 1614265330"
                        + " | {\"test\": 2432232314} | v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "STANDARD_WEBHOOKS | whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD | msg_27UH4WbU6Z5A5EzD8u03UvzRbpk | 1649367553"
                        + " | {\"email\":\"test@example.com\",\"username\":\"test_user\"}"
                        + " | v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=",
                "STANDARD_WEBHOOKS_ASYMMETRIC"
                        + " | whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg=="
                        + " | msg_p5jXN8AQM9LWM0D4loKWxJek | 1614265330 | {\"test\": 2432232314}"
                        + " | v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==",
            })
    void standard_webhooks_signs_as_its_specification_shows(
            SignatureStyle style, String secret, String id, long seconds, String body, String signature) {
        Map<String, String> headers = WebhookSigner.headers(
                style,
                List.of(new SigningSecret(secret, null)),
                id,
                "type",
                Instant.ofEpochSecond(seconds),
                body.getBytes(StandardCharsets.UTF_8));
        assertThat(headers)
                .containsEntry("webhook-id", id)
                .containsEntry("webhook-timestamp", String.valueOf(seconds))
                .containsEntry("webhook-signature", signature);
    }

    @Test
    void stripe_style_signs_as_stripes_client_does() {
        String body = "{\"id\":\"evt_test_1\",\"type\":\"payment_intent.succeeded\",\"note\":\"café 😊\"}";
        assertThat(headers(SignatureStyle.STRIPE, body, Instant.ofEpochSecond(1614265330), "whsec_test_secret"))
                .containsEntry(
                        "Stripe-Signature",
                        "t=1614265330,v1=cc83f31b5d99c7d31ae36dd0dd97b9e29b0b9fbdd84c42ec6a8fe367d362a9ff");
    }

    @Test
    void github_style_signs_as_githubs_documentation_shows() {
        assertThat(headers(SignatureStyle.GITHUB, "Hello, World!", Instant.EPOCH, "It's a Secret to Everybody"))
                .containsEntry(
                        "X-Hub-Signature-256",
                        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"order\":\"café 😊\"}", "{\"a\":1}\r\n", ""})
    void every_live_secret_satisfies_the_clients_of_standard_webhooks_and_svix(String body) {
        Map<String, String> headers = headers(SignatureStyle.STANDARD_WEBHOOKS, body, Instant.now(), NEWER, OLDER);
        HttpHeaders asSent = HttpHeaders.of(
                headers.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> List.of(entry.getValue()))),
                (name, value) -> true);
        for (String secret : List.of(NEWER, OLDER)) {
            assertThatCode(() -> new Webhook(secret).verify(body, asSent)).doesNotThrowAnyException();
            assertThatCode(() -> new com.svix.Webhook(secret).verify(body, asSent))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void every_live_secret_satisfies_stripes_client() {
        String body = "{\"id\":\"evt_1\",\"object\":\"event\",\"note\":\"café 😊\"}";
        Map<String, String> headers = headers(SignatureStyle.STRIPE, body, Instant.now(), NEWER, OLDER);
        for (String secret : List.of(NEWER, OLDER)) {
            assertThatCode(() -> com.stripe.net.Webhook.Signature.verifyHeader(
                            body, headers.get("Stripe-Signature"), secret, 300))
                    .doesNotThrowAnyException();
        }
    }

    private static Map<String, String> headers(
            SignatureStyle style, String body, Instant timestamp, String... secrets) {
        return WebhookSigner.headers(
                style,
                Arrays.stream(secrets)
                        .map(secret -> new SigningSecret(secret, null))
                        .toList(),
                "evt_1",
                "payment_success",
                timestamp,
                body.getBytes(StandardCharsets.UTF_8));
    }
}
