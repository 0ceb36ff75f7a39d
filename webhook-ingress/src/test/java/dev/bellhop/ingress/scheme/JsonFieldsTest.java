package dev.bellhop.ingress.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {

    @Test
    void values_are_found_by_pointer_at_any_depth() throws IOException {
        JsonFields fields = new JsonFields(Arrays.asList("/id", "/data/list/1/name", "/a~1b", null, "/none"));

        String[] values = fields.of(json("{'a/b':true,'data':{'list':[{'name':1},{'name':'x'}]},'id':'7','z':[{}]}"));

        assertThat(values).containsExactly("7", "x", "true", null, null);
    }

    @Test
    void of_equal_names_the_last_counts_as_with_the_parsers_behind_us() throws IOException {
        assertThat(new JsonFields(List.of("/id")).of(json("{'id':'1','id':'2'}")))
                .containsExactly("2");
    }

    @Test
    void null_is_no_value() throws IOException {
        assertThat(new JsonFields(List.of("/id")).of(json("{'id':null}"))).containsExactly((String) null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "{", "{'id':'1'", "{'id':'1'}x", "{'id':'1'} {}", "nope", "{'id'}", "[1,]", "\u0000"})
    void what_is_not_one_whole_document_is_refused(String text) {
        assertThatThrownBy(() -> new JsonFields(List.of("/id")).of(json(text))).isInstanceOf(IOException.class);
    }

    @Property(tries = 300)
    void agrees_with_a_tree_parser(@ForAll("documents") String document, @ForAll("pointers") String pointer)
            throws IOException {
        JsonNode node = new ObjectMapper().readTree(document).at(pointer);

        String[] found = new JsonFields(List.of(pointer)).of(document.getBytes(StandardCharsets.UTF_8));

        assertThat(found).containsExactly(node.isValueNode() && !node.isNull() ? node.asText() : null);
    }

    @Provide
    Arbitrary<String> documents() {
        Arbitrary<String> scalar = Arbitraries.of("1", "\"é😊\"", "true", "null", "\"\\u0061\"", "-25");
        Arbitrary<String> inner = Arbitraries.lazyOf(() -> scalar, this::documents, () -> scalar);
        Arbitrary<String> object = inner.list().ofMaxSize(3).map(values -> {
            StringBuilder text = new StringBuilder("{");
            for (int i = 0; i < values.size(); i++) {
                text.append(i == 0 ? "" : ",")
                        .append('"')
                        .append("abc".charAt(i))
                        .append("\":")
                        .append(values.get(i));
            }
            return text.append('}').toString();
        });
        return Arbitraries.oneOf(object, inner.list().ofMaxSize(3).map(values -> "[" + String.join(",", values) + "]"));
    }

    @Provide
    Arbitrary<String> pointers() {
        return Arbitraries.of("a", "b", "c", "0", "1", "2")
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(steps -> "/" + String.join("/", steps));
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
