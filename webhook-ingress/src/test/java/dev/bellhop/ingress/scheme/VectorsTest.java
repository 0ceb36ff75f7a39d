package dev.bellhop.ingress.scheme;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every scheme on board has a vector file; every vector file covers what can go wrong; every vector holds. */
class VectorsTest {

    /** What each file must have a case for. Of a scheme without time, both timestamp cases say so by being authentic. */
    private static final Set<String> REQUIRED = Set.of(
            "valid",
            "tampered body",
            "tampered header",
            "wrong secret",
            "previous secret",
            "missing header",
            "malformed header",
            "stale timestamp",
            "future timestamp",
            "empty body",
            "multi-byte body");

    @TestFactory
    Stream<DynamicContainer> schemes() {
        return Schemes.all().map(scheme -> DynamicContainer.dynamicContainer(scheme.name(), tests(scheme)));
    }

    private static Stream<DynamicTest> tests(SignatureScheme scheme) {
        List<JsonNode> vectors = vectors(scheme.name());
        Stream<DynamicTest> coverage = Stream.of(DynamicTest.dynamicTest("covers what it must", () -> {
            Set<String> covered = new TreeSet<>();
            vectors.forEach(vector -> covered.add(vector.get("covers").asText()));
            assertThat(covered).containsAll(REQUIRED);
        }));
        return Stream.concat(
                coverage,
                vectors.stream()
                        .map(vector -> DynamicTest.dynamicTest(
                                vector.get("name").asText(), () -> assertThat(outcome(scheme, vector))
                                        .isEqualTo(vector.get("expect").asText()))));
    }

    private static String outcome(SignatureScheme unconfigured, JsonNode vector) {
        Map<String, String> options = new HashMap<>();
        vector.path("options")
                .properties()
                .forEach(
                        option -> options.put(option.getKey(), option.getValue().asText()));
        SignatureScheme scheme = options.isEmpty() ? unconfigured : unconfigured.configured(new SchemeOptions(options));
        SigningSecrets secrets =
                new SigningSecrets(StreamSupport.stream(vector.get("secrets").spliterator(), false)
                        .map(JsonNode::asText)
                        .map(secret -> new SigningSecret(
                                SigningSecret.idOf(secret), scheme.key(secret), Instant.MIN, Instant.MAX))
                        .toList());
        Verdict verdict = secrets.verify(scheme, new Tolerance(scheme.defaults().tolerance()), request(vector));
        return verdict instanceof Verdict.Rejected rejected ? rejected.reason().code() : "authentic";
    }

    private static SignedRequest request(JsonNode vector) {
        return new SignedRequest(
                vector.path("method").asText("POST"),
                vector.path("target").asText("/webhooks/x"),
                vector.path("url").asText(null),
                name -> headers(vector.get("headers"), name),
                vector.get("body").asText().getBytes(StandardCharsets.UTF_8),
                Instant.ofEpochSecond(vector.get("now").asLong()));
    }

    private static List<String> headers(JsonNode headers, String name) {
        List<String> values = new ArrayList<>();
        headers.properties().forEach(header -> {
            if (header.getKey().equalsIgnoreCase(name)) {
                header.getValue().forEach(value -> values.add(value.asText()));
                if (header.getValue().isTextual()) {
                    values.add(header.getValue().asText());
                }
            }
        });
        return values;
    }

    private static List<JsonNode> vectors(String scheme) {
        try (InputStream file = VectorsTest.class.getResourceAsStream("/vectors/" + scheme + ".json")) {
            assertThat(file).as("vectors/%s.json", scheme).isNotNull();
            List<JsonNode> vectors = new ArrayList<>();
            new ObjectMapper().readTree(file).forEach(vectors::add);
            return vectors;
        } catch (IOException e) {
            throw new IllegalStateException("vectors/" + scheme + ".json", e);
        }
    }
}
