package dev.bellhop.ingress.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.UnreadableSignature;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StructuredFieldTest {

    private static final int MANY = 100_000;

    @Test
    void no_field_is_too_much() {
        for (String list : List.of(
                "(\"" + "\\\"".repeat(MANY) + "\")",
                "(\"a\"" + " \"a\"".repeat(MANY) + ")",
                "(\"a\"" + ";a=1".repeat(MANY) + ")",
                "()" + ";a=\"b\"".repeat(MANY),
                "(\"" + " ".repeat(MANY) + "\")")) {
            assertThat(of("s=" + list)).isEqualTo(Map.of("s", list));
            assertThatThrownBy(() -> of("s=" + list + "(")).isInstanceOf(UnreadableSignature.class);
        }
    }

    @Test
    void members_are_of_one_field_or_of_several() {
        Map<String, String> both = Map.of("a", "(\"x, y\")", "b", "();c");

        assertThat(of("a=(\"x, y\"), b=();c")).isEqualTo(both);
        assertThat(of("a=(\"x, y\")", "b=();c")).isEqualTo(both);
        for (String malformed : List.of("", ",", "a=()", "b=(),", "b=() c=()", "b=();C=1", "B=()", "b=(a)", "b")) {
            assertThatThrownBy(() -> of("a=()", malformed)).as(malformed).isInstanceOf(UnreadableSignature.class);
        }
    }

    @Test
    void values_are_as_they_are_serialised() {
        String spaces = " ".repeat(MANY);

        assertThat(of("a=(" + spaces + "\"b\";" + spaces + "c=?1" + spaces + "\" d=?1 ) \"" + spaces + ");" + spaces
                        + "e=?0"))
                .isEqualTo(Map.of("a", "(\"b\";c \" d=?1 ) \");e=?0"));
    }

    private static Map<String, String> of(String... fields) {
        SignedRequest request =
                new SignedRequest("POST", "/", null, name -> List.of(fields), new byte[0], Instant.EPOCH);
        return StructuredField.dictionary(StructuredField.LISTS, "Signature-Input", request);
    }
}
