package dev.bellhop.ingress.scheme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.ingress.domain.Query;
import dev.bellhop.ingress.domain.SignatureScheme;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a forger writes, the answer is a verdict, and never that it is authentic. */
class ForgeriesTest {

    private static final List<SignatureScheme> SCHEMES = Schemes.all().toList();
    private static final Map<String, Vector> VALID = new HashMap<>();
    /** They prove who sends, and leave the body out. */
    private static final Set<String> TOKENS = Set.of("basic", "gitlab", "mailchimp");

    @Property(tries = 3000)
    void no_made_up_header_is_authentic_and_none_is_too_much_for_its_parser(
            @ForAll("schemes") SignatureScheme scheme, @ForAll("headers") String madeUp, @ForAll int which) {
        Vector valid = valid(scheme);
        Map<String, List<String>> headers = new HashMap<>(valid.headers());
        List<String> names = new ArrayList<>(headers.keySet());
        if (names.isEmpty()) {
            return;
        }
        String name = names.get(Math.floorMod(which, names.size()));
        boolean same = List.of(madeUp).equals(headers.get(name));
        headers.put(name, List.of(madeUp));

        assertThat(valid.outcome(scheme, headers, valid.body()).equals("authentic"))
                .isEqualTo(same);
    }

    @Property(tries = 3000)
    void one_changed_byte_is_noticed(
            @ForAll("schemes") SignatureScheme scheme, @ForAll int where, @ForAll byte change) {
        Vector valid = valid(scheme);
        byte[] body = valid.body();
        // Adyen signs eight fields only: there, what counts is that they are unchanged; see its vectors
        if (change == 0 || TOKENS.contains(scheme.name()) || "adyen".equals(scheme.name())) {
            return;
        }
        body[Math.floorMod(where, body.length)] ^= change;

        if (valid.outcome(scheme, valid.headers(), body).equals("authentic")) {
            // Mandrill signs what a form says, however it is written: "+" as " ", "%2F" as "%2f".
            assertThat(scheme.name()).isEqualTo("mandrill");
            assertThat(form(body)).isEqualTo(form(valid.body()));
        }
    }

    private static Map<String, List<String>> form(byte[] body) {
        return Query.parse(new String(body, StandardCharsets.UTF_8)).values();
    }

    @Property(tries = 2000)
    void no_body_is_too_much_for_a_scheme(@ForAll("schemes") SignatureScheme scheme, @ForAll byte[] body) {
        Vector valid = valid(scheme);

        String outcome = valid.outcome(scheme, valid.headers(), body);

        assertThat(outcome.equals("authentic")).isEqualTo(TOKENS.contains(scheme.name()));
    }

    @Provide
    Arbitrary<SignatureScheme> schemes() {
        return Arbitraries.of(SCHEMES);
    }

    /** Near misses and rubbish: what each scheme writes, cut, joined and stretched. */
    @Provide
    Arbitrary<String> headers() {
        Arbitrary<String> piece = Arbitraries.of(
                "v1,",
                "v1a,",
                "v1=",
                "t=",
                "ts=",
                "h1=",
                "v0=",
                "sha256=",
                ",",
                ";",
                " ",
                "=",
                ":",
                "sig1=",
                "(",
                ")",
                "\"@method\"",
                ";created=",
                "1614265330",
                "99999999999999999999",
                "-1",
                "AAAA",
                "====",
                "%%",
                "é",
                "\u0000",
                "😊",
                "Basic ",
                "0a0b",
                "https://api.paypal.com/v1/notifications/certs/CERT-none",
                "{",
                "}");
        Arbitrary<String> rubbish = Arbitraries.strings().ofMaxLength(40);
        return Arbitraries.oneOf(piece, rubbish).list().ofMaxSize(12).map(parts -> String.join("", parts));
    }

    private static Vector valid(SignatureScheme scheme) {
        return VALID.computeIfAbsent(scheme.name(), name -> Vector.of(name).stream()
                .filter(vector ->
                        vector.covers().equals("valid") && vector.expect().equals("authentic"))
                .findFirst()
                .orElseThrow());
    }
}
