package dev.bellhop.ingress.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {

    private static final int MOST = 3;

    @Test
    void values_are_found_by_pointer_at_any_depth() throws IOException {
        JsonFields fields = new JsonFields(List.of("/id", "/data/list/1/name", "/a~1b", "/none"));

        Map<String, String> values =
                fields.of(json("{'a/b':true,'data':{'list':[{'name':1},{'name':'x'}]},'id':'7','z':[{}]}"));

        assertThat(values).isEqualTo(Map.of("/id", "7", "/data/list/1/name", "x", "/a~1b", "true"));
    }

    @Test
    void of_equal_names_the_last_counts_as_with_the_parsers_behind_us() throws IOException {
        assertThat(new JsonFields(List.of("/id")).of(json("{'id':'1','id':'2'}")))
                .isEqualTo(Map.of("/id", "2"));
    }

    @Test
    void of_what_comes_twice_nothing_of_the_former_counts() throws IOException {
        JsonFields fields = new JsonFields(List.of("/id", "/a/b", "/a/c", "/list/0"));

        assertThat(fields.of(json("{'a':{'b':1,'c':2},'a':{'c':3}}"))).isEqualTo(Map.of("/a/c", "3"));
        assertThat(fields.of(json("{'a':{'b':1},'a':null}"))).isEmpty();
        assertThat(fields.of(json("{'a':{'b':1},'a':2}"))).isEmpty();
        assertThat(fields.of(json("{'id':1,'id':{}}"))).isEmpty();
        assertThat(fields.of(json("{'id':1,'id':[1]}"))).isEmpty();
        assertThat(fields.of(json("{'list':[1],'list':[]}"))).isEmpty();
    }

    @Test
    void of_two_arrays_of_items_the_last_counts() throws IOException {
        JsonFields fields = new JsonFields(List.of("/id"));

        assertThat(fields.ofItems(json("{'e':[{'id':1}],'e':[{'id':2}]}"), "/e", MOST))
                .extracting(JsonFields.Item::values)
                .containsExactly(Map.of("/id", "2"));
        assertThatThrownBy(() -> fields.ofItems(json("{'e':[{'id':1}],'e':{}}"), "/e", MOST))
                .isInstanceOf(IOException.class);
    }

    @Test
    void null_is_no_value() throws IOException {
        assertThat(new JsonFields(List.of("/id")).of(json("{'id':null}"))).isEmpty();
    }

    @Test
    void each_element_of_an_array_has_its_values_and_its_bytes() throws IOException {
        byte[] document = json("{'a':1,'events': [ {'id':'é'} ,\n{'id':2,'x':[{}]},3 ] }");

        List<JsonFields.Item> items = new JsonFields(List.of("/id")).ofItems(document, "/events", MOST);

        assertThat(items)
                .extracting(
                        item -> new String(document, item.start(), item.end() - item.start(), StandardCharsets.UTF_8))
                .containsExactly("{\"id\":\"é\"}", "{\"id\":2,\"x\":[{}]}", "3");
        assertThat(items)
                .extracting(JsonFields.Item::values)
                .containsExactly(Map.of("/id", "é"), Map.of("/id", "2"), Map.of());
    }

    @Test
    void an_array_may_be_the_whole_document_or_be_empty_but_must_be_there() throws IOException {
        JsonFields fields = new JsonFields(List.of("/id"));

        assertThat(fields.ofItems(json("[{'id':1},{'id':2}]"), "", MOST)).hasSize(2);
        assertThat(fields.ofItems(json("{'events':[]}"), "/events", MOST)).isEmpty();
        assertThatThrownBy(() -> fields.ofItems(json("{'events':{}}"), "/events", MOST))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> fields.ofItems(json("{}"), "/events", MOST)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> fields.ofItems(json("[{'id':1}"), "", MOST)).isInstanceOf(IOException.class);
    }

    /** HubSpot's workflows send one object where its subscriptions send an array. */
    @Test
    void an_object_that_is_the_whole_document_is_the_only_item() throws IOException {
        byte[] document = json(" {'id':{'x':1},'y':[{}]}\n");

        List<JsonFields.Item> items = new JsonFields(List.of("/id/x")).ofItems(document, "", MOST);

        assertThat(items).extracting(JsonFields.Item::values).containsExactly(Map.of("/id/x", "1"));
        assertThat(items)
                .extracting(
                        item -> new String(document, item.start(), item.end() - item.start(), StandardCharsets.UTF_8))
                .containsExactly("{\"id\":{\"x\":1},\"y\":[{}]}");
        assertThatThrownBy(() -> new JsonFields(List.of("/id")).ofItems(json("7"), "", MOST))
                .isInstanceOf(IOException.class);
    }

    @Test
    void as_many_elements_are_read_as_were_asked_for_and_no_more() throws IOException {
        JsonFields fields = new JsonFields(List.of("/id"));

        assertThat(fields.ofItems(json("[1,2,3]"), "", MOST)).hasSize(3);
        assertThatThrownBy(() -> fields.ofItems(json("[1,2,3,4, and nobody reads on"), "", MOST))
                .isInstanceOf(JsonFields.TooManyItems.class);
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

        Map<String, String> found = new JsonFields(List.of(pointer)).of(document.getBytes(StandardCharsets.UTF_8));

        assertThat(found.get(pointer)).isEqualTo(node.isValueNode() && !node.isNull() ? node.asText() : null);
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
