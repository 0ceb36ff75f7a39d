package dev.bellhop.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.testing.RealKafka;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Over the wire: whatever is done to a delivery's proof or body, it is refused, and nothing is too much for the server. */
@QuarkusTest
@QuarkusTestResource(RealKafka.class)
@QuarkusTestResource(TestSources.class)
class ManglingIT {

    private static final long SEED = 20_261_124;
    private static final int TRIES = 300;

    /** How each source's provider signs a body, and a body of it. */
    private static final Map<String, Function<String, Map<String, String>>> SIGNERS = new LinkedHashMap<>(Map.of(
            "payments", body -> Sender.signed("evt_mangled", Instant.now(), body),
            "github", body -> ProvidersIT.github(body, "push", "mangled"),
            "slack", ProvidersIT::slack,
            "xero", ProvidersIT::xero,
            "hubspot", BatchesIT::hubspot,
            "sendgrid", BatchesIT::sendgrid));

    private static final String BODY =
            "{\"type\":\"a\",\"orderId\":\"1\",\"event_id\":\"1\",\"items\":[1,{\"b\":null}]}";
    private static final List<String> SOURCES =
            SIGNERS.keySet().stream().sorted().toList();
    private static final List<String> PROOFS = List.of("signature", "timestamp", "webhook-id");

    @TestHTTPResource("/")
    URI root;

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void no_delivery_with_a_mangled_proof_is_accepted_or_breaks_anything() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            String source = any(SOURCES);
            List<String> lines = new ArrayList<>();
            Map<String, String> headers = SIGNERS.get(source).apply(BODY);
            String proof = any(headers.keySet().stream()
                    .filter(name -> PROOFS.stream().anyMatch(name.toLowerCase(java.util.Locale.ROOT)::contains))
                    .sorted()
                    .toList());
            headers.forEach((name, value) -> {
                if (name.equals(proof)) {
                    mangled(name, value).forEach(lines::add);
                } else {
                    lines.add(name + ": " + value);
                }
            });

            assertRefused(exchange(source, lines, BODY), "try " + i + ", " + source + ", " + proof);
        }
    }

    @Test
    void no_delivery_with_a_mangled_body_is_accepted_or_breaks_anything() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            String source = any(SOURCES);
            Map<String, String> headers = SIGNERS.get(source).apply(BODY);

            assertRefused(exchange(source, lines(headers), mangled(BODY)), "try " + i + ", " + source);
        }
    }

    @Test
    void no_authentic_rubbish_breaks_anything() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            String source = any(SOURCES);
            String rubbish = random.nextBoolean() ? mangled(BODY) : "[" + mangled(BODY) + "]";
            // signed as text is written on the wire: a byte for a character
            String ascii = rubbish.replaceAll("[^\\x00-\\x7f]", "?");

            int status = exchange(source, lines(SIGNERS.get(source).apply(ascii)), ascii);

            assertThat(status).as("try " + i + ", " + source + ": " + ascii).isIn(200, 202, 400);
        }
    }

    @Test
    void no_form_breaks_anything() throws IOException {
        for (int i = 0; i < TRIES / 3; i++) {
            String events = "["
                    + mangled("{\"event\":\"send\",\"_id\":\"a\",\"ts\":1384954004}")
                            .replaceAll("[^\\x00-\\x7f]", "?") + "]";
            String form = "mandrill_events=" + URLEncoder.encode(events, StandardCharsets.UTF_8);

            int status = exchange("mandrill", lines(BatchesIT.mandrill(events)), form);

            assertThat(status).as("try " + i + ": " + events).isIn(202, 400);
        }
    }

    private static void assertRefused(int status, String what) {
        assertThat(status).as(what).isBetween(400, 499);
    }

    private static List<String> lines(Map<String, String> headers) {
        return headers.entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue())
                .toList();
    }

    /** The status; of a server that hangs up without a word, which it may, 400. */
    private int exchange(String source, List<String> lines, String body) throws IOException {
        String head = "POST /webhooks/" + source + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + String.join("\r\n", lines) + "\r\nContent-Length: " + body.length() + "\r\n\r\n";
        try (Wire wire = new Wire(root)) {
            String answer = wire.write(head + body).rest();
            return answer.isEmpty() ? 400 : Integer.parseInt(answer.substring(9, 12));
        }
    }

    /** The header's lines: gone, twice, cut, stretched, or something else altogether. */
    private List<String> mangled(String name, String value) {
        int middle = 1 + random.nextInt(Math.max(1, value.length() - 5));
        String cut = value.substring(0, middle);
        return switch (random.nextInt(6)) {
            case 0 -> List.of();
            case 1 -> List.of(name + ": " + value, name + ": " + value);
            case 2 -> List.of(name + ": " + cut);
            case 3 -> List.of(name + ": " + rubbish());
            case 4 -> List.of(name + ": " + cut + rubbish());
            default -> List.of(name + ": " + "9".repeat(1 + random.nextInt(3000)) + value);
        };
    }

    /** Never the same. */
    private String mangled(String body) {
        int at = random.nextInt(body.length());
        return switch (random.nextInt(5)) {
            case 0 -> body.substring(0, at);
            case 1 ->
                body.substring(0, at) + (char) (body.charAt(at) ^ (1 + random.nextInt(31))) + body.substring(at + 1);
            case 2 -> body.substring(0, at) + rubbish() + body.substring(at);
            case 3 -> body + rubbish();
            default -> "[".repeat(2000) + body;
        };
    }

    /** Any bytes but the end of a line. */
    private String rubbish() {
        int length = 1 + random.nextInt(40);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            char next = (char) random.nextInt(256);
            text.append(next == '\r' || next == '\n' || next == ' ' || next == '\t' ? 'x' : next);
        }
        return text.toString();
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
