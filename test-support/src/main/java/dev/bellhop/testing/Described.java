package dev.bellhop.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The API's description, as the build wrote it down, and which of its answers the tests of this run were given. */
public final class Described {

    private static final String PROBLEM = "application/problem+json";

    /** Of an answer that may have any status beside those that are named. */
    private static final int ANY = 0;

    /** Every Quarkus of a run has a class loader of its own; what they share is the machine's properties. */
    private static final String GIVEN = "given: ";

    /** The console's pages, what they refer to, and what is the platform's. */
    private static final Pattern NO_API = Pattern.compile("/(console|webjars|q)(/|$)");

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V202012);

    private static final List<Operation> OPERATIONS = read();

    private Described() {}

    /**
     * A method of a path.
     *
     * @param answers what they mean, by their status
     */
    public record Operation(String method, String path, Map<Integer, Answer> answers) {

        public boolean answers(int status) {
            return answers.containsKey(status);
        }

        /** A path of this form, with an id that nothing has. */
        public String example() {
            return path.replaceAll("\\{.*?}", "none");
        }

        public boolean fits(String method, String path) {
            return this.method.equals(method) && path.matches(this.path.replaceAll("\\{.*?}", "[^/]+"));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /**
     * One of an operation's answers.
     *
     * @param shared whether no operation decides it, and the description says it once for all
     * @param bodies what its body looks like, by content type
     */
    public record Answer(String meaning, boolean shared, Map<String, JsonSchema> bodies) {}

    public static List<Operation> operations() {
        return OPERATIONS;
    }

    /** An answer came: it must be described, and its problem's code and all of its body's fields too. */
    public static void given(String method, String url, int status, String contentType, byte[] body) {
        @Nullable JsonNode json = contentType.contains("json") ? parsed(body) : null;
        @Nullable
        String code = contentType.startsWith(PROBLEM) && json != null
                ? json.path("code").asText()
                : null;
        String path = url.replaceFirst("^https?://[^/]*", "").replaceFirst("[?#].*", "");
        Optional<Operation> asked = OPERATIONS.stream()
                .filter(operation -> operation.fits(method, path))
                .findFirst();
        if (asked.isEmpty()) {
            assertThat(NO_API.matcher(path).lookingAt() || List.of(404, 405).contains(status))
                    .as("%s %s answers %d, but is not described", method, path, status)
                    .isTrue();
            return;
        }
        Answer any = status < 400 ? null : asked.get().answers().get(ANY);
        Answer answer = asked.get().answers().getOrDefault(status, any);
        if (answer == null) {
            throw new AssertionError("the answer %d %s of %s is not described".formatted(status, code, asked.get()));
        }
        if (code != null) {
            String meaning = any == null ? answer.meaning() : answer.meaning() + " " + any.meaning();
            assertThat(meaning.split("[^a-z_]+"))
                    .as("codes of %s, %d", asked.get(), status)
                    .contains(code);
        }
        if (json != null) {
            JsonSchema schema = answer.bodies().get(contentType.replaceFirst(";.*", ""));
            if (schema == null) {
                throw new AssertionError("%s of %s, %d is not described".formatted(contentType, asked.get(), status));
            }
            assertThat(schema.validate(json))
                    .as("body of %s, %d: %s", asked.get(), status, json)
                    .isEmpty();
        }
        System.setProperty(GIVEN + name(asked.get(), status, answer), "");
    }

    /** What is described, and was given to no test so far. */
    public static List<String> missing() {
        return OPERATIONS.stream()
                .flatMap(operation -> operation.answers().entrySet().stream()
                        .map(answer -> name(operation, answer.getKey(), answer.getValue())))
                .distinct()
                .filter(name -> System.getProperty(GIVEN + name) == null)
                .toList();
    }

    private static String name(Operation operation, int status, Answer answer) {
        return (answer.shared() ? "any operation" : operation) + ": " + status;
    }

    private static List<Operation> read() {
        try {
            JsonNode api =
                    JSON.readTree(Path.of("target", "openapi", "openapi.json").toFile());
            strict(api.path("components"));
            List<Operation> operations = new ArrayList<>();
            api.get("paths").properties().forEach(path -> path.getValue()
                    .properties()
                    .forEach(method -> operations.add(new Operation(
                            method.getKey().toUpperCase(Locale.ROOT),
                            path.getKey(),
                            answers(api, method.getValue().get("responses"))))));
            // A brace comes after every letter, and so a pattern after the words that it fits.
            operations.sort(Comparator.comparing(Operation::path).thenComparing(Operation::method));
            return operations;
        } catch (IOException e) {
            throw new UncheckedIOException("the build writes the description down", e);
        }
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException("what says that it is JSON is JSON", e);
        }
    }

    private static Map<Integer, Answer> answers(JsonNode api, JsonNode responses) {
        Map<Integer, Answer> answers = new TreeMap<>();
        responses.properties().forEach(response -> {
            JsonNode shared = response.getValue().get("$ref");
            JsonNode said = shared == null
                    ? response.getValue()
                    : api.at(shared.asText().substring(1));
            answers.put(
                    response.getKey().equals("default") ? ANY : Integer.parseInt(response.getKey()),
                    new Answer(said.get("description").asText(), shared != null, bodies(api, said.path("content"))));
        });
        return answers;
    }

    private static Map<String, JsonSchema> bodies(JsonNode api, JsonNode content) {
        Map<String, JsonSchema> bodies = new TreeMap<>();
        content.properties().forEach(type -> {
            ObjectNode schema = type.getValue().path("schema").deepCopy();
            if (type.getKey().contains("json")) {
                assertThat(api.at(schema.path("$ref").asText("#").substring(1)).has("required"))
                        .as("%s of %s says what is always there", type, content)
                        .isTrue();
            }
            bodies.put(type.getKey(), SCHEMAS.getSchema(schema.set("components", api.path("components"))));
        });
        return bodies;
    }

    /** Clients may meet a field that is not described; tests must not. */
    private static void strict(JsonNode components) {
        components.path("schemas").forEach(schema -> {
            if (schema.has("properties") && !schema.has("additionalProperties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        });
    }
}
