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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;

/** One case of {@code vectors/<scheme>.json}. */
record Vector(JsonNode json) {

    static List<Vector> of(String scheme) {
        try (InputStream file = Vector.class.getResourceAsStream("/vectors/" + scheme + ".json")) {
            if (file == null) {
                throw new AssertionError("vectors/" + scheme + ".json is missing");
            }
            List<Vector> vectors = new ArrayList<>();
            new ObjectMapper().readTree(file).forEach(json -> vectors.add(new Vector(json)));
            return vectors;
        } catch (IOException e) {
            throw new IllegalStateException("vectors/" + scheme + ".json", e);
        }
    }

    String name() {
        return json.get("name").asText();
    }

    String covers() {
        return json.get("covers").asText();
    }

    String expect() {
        return json.get("expect").asText();
    }

    byte[] body() {
        return json.get("body").asText().getBytes(StandardCharsets.UTF_8);
    }

    /** By name in lower case. */
    Map<String, List<String>> headers() {
        Map<String, List<String>> headers = new HashMap<>();
        json.get("headers").properties().forEach(header -> {
            List<String> values =
                    headers.computeIfAbsent(header.getKey().toLowerCase(Locale.ROOT), name -> new ArrayList<>());
            header.getValue().forEach(value -> values.add(value.asText()));
            if (header.getValue().isTextual()) {
                values.add(header.getValue().asText());
            }
        });
        return headers;
    }

    String outcome(SignatureScheme scheme) {
        return outcome(scheme, headers(), body());
    }

    /** The same with other headers and another body: {@code authentic}, or the reason why not. */
    String outcome(SignatureScheme unconfigured, Map<String, List<String>> headers, byte[] body) {
        SignatureScheme scheme = configured(unconfigured);
        SignedRequest request = new SignedRequest(
                json.path("method").asText("POST"),
                json.path("target").asText("/webhooks/x"),
                json.path("url").asText(null),
                name -> headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()),
                body,
                Instant.ofEpochSecond(json.get("now").asLong()));
        Verdict verdict =
                secrets(scheme).verify(scheme, new Tolerance(scheme.defaults().tolerance()), request);
        if (verdict instanceof Verdict.Undecided undecided) {
            return undecided.reason().code();
        }
        return verdict instanceof Verdict.Rejected rejected ? rejected.reason().code() : "authentic";
    }

    private SignatureScheme configured(SignatureScheme scheme) {
        Map<String, String> options = new HashMap<>();
        json.path("options")
                .properties()
                .forEach(
                        option -> options.put(option.getKey(), option.getValue().asText()));
        return options.isEmpty() ? scheme : scheme.configured(new SchemeOptions(options));
    }

    private SigningSecrets secrets(SignatureScheme scheme) {
        return new SigningSecrets(StreamSupport.stream(json.get("secrets").spliterator(), false)
                .map(JsonNode::asText)
                .map(secret ->
                        new SigningSecret(SigningSecret.idOf(secret), scheme.key(secret), Instant.MIN, Instant.MAX))
                .toList());
    }
}
