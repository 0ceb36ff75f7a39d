package dev.bellhop.ingress.scheme;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bellhop.ingress.domain.SchemeOptions;
import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.SigningSecret;
import dev.bellhop.ingress.domain.SigningSecrets;
import dev.bellhop.ingress.domain.Tolerance;
import dev.bellhop.ingress.domain.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Verifies one authentic delivery of a scheme, from its headers to the verdict: the first of its vectors. One thread. */
@State(Scope.Benchmark)
public class VerificationBenchmark {

    /** Secrets of a scheme are read once, so making keys of them is not measured. PayPal's also need its certificates. */
    @Param({
        "standard-webhooks",
        "stripe",
        "github",
        "gitlab",
        "shopify",
        "slack",
        "typeform",
        "hubspot",
        "square",
        "paddle",
        "adyen",
        "mandrill",
        "sendgrid",
        "woocommerce",
        "basic",
        "http-message-signatures"
    })
    @SuppressWarnings("NullAway.Init") // JMH fills it
    String scheme;

    @SuppressWarnings("NullAway.Init")
    private SignatureScheme verifying;

    @SuppressWarnings("NullAway.Init")
    private SigningSecrets secrets;

    @SuppressWarnings("NullAway.Init")
    private Tolerance tolerance;

    @SuppressWarnings("NullAway.Init")
    private SignedRequest request;

    /** Reads the vector. */
    @Setup
    public void read() throws IOException {
        JsonNode vector = firstAuthentic(scheme);
        Map<String, String> options = new HashMap<>();
        vector.path("options")
                .properties()
                .forEach(
                        option -> options.put(option.getKey(), option.getValue().asText()));
        SignatureScheme plain = named(scheme);
        verifying = options.isEmpty() ? plain : plain.configured(new SchemeOptions(options));
        tolerance = new Tolerance(verifying.defaults().tolerance());
        String secret = vector.path("secrets").path(0).asText();
        secrets = new SigningSecrets(List.of(
                new SigningSecret(SigningSecret.idOf(secret), verifying.key(secret), Instant.MIN, Instant.MAX)));
        Map<String, List<String>> headers = new HashMap<>();
        vector.path("headers")
                .properties()
                .forEach(header -> headers.put(
                        header.getKey().toLowerCase(Locale.ROOT),
                        List.of(header.getValue().asText())));
        request = new SignedRequest(
                vector.path("method").asText("POST"),
                vector.path("target").asText("/webhooks/x"),
                vector.path("url").asText(null),
                name -> headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()),
                vector.path("body").asText().getBytes(StandardCharsets.UTF_8),
                Instant.ofEpochSecond(vector.path("now").asLong()));
        if (!(verify() instanceof Verdict.Authentic)) {
            throw new IllegalStateException("the vector of " + scheme + " is refused");
        }
    }

    /** One verdict. */
    @Benchmark
    public Verdict verify() {
        return secrets.verify(verifying, tolerance, request);
    }

    private static JsonNode firstAuthentic(String scheme) throws IOException {
        try (InputStream file = VerificationBenchmark.class.getResourceAsStream("/vectors/" + scheme + ".json")) {
            for (JsonNode vector : new ObjectMapper().readTree(file)) {
                if (vector.path("expect").asText().equals("authentic")
                        && vector.path("secrets").size() == 1) {
                    return vector;
                }
            }
            throw new IllegalStateException(scheme + " has no vector for an authentic delivery");
        }
    }

    private static SignatureScheme named(String name) {
        return switch (name) {
            case "standard-webhooks" -> new StandardWebhooksScheme();
            case "stripe" -> new StripeScheme();
            case "github" -> new GitHubScheme();
            case "gitlab" -> new GitLabScheme();
            case "shopify" -> new ShopifyScheme();
            case "slack" -> new SlackScheme();
            case "typeform" -> new TypeformScheme();
            case "hubspot" -> new HubSpotScheme();
            case "square" -> new SquareScheme();
            case "paddle" -> new PaddleScheme();
            case "adyen" -> new AdyenScheme();
            case "mandrill" -> new MandrillScheme();
            case "sendgrid" -> new SendGridScheme();
            case "woocommerce" -> new WooCommerceScheme();
            case "basic" -> new BasicScheme();
            case "http-message-signatures" -> new HttpMessageSignaturesScheme();
            default -> throw new IllegalArgumentException("there is no scheme " + name);
        };
    }
}
