package dev.bellhop.system.deploy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The schemas of Kubernetes, of the custom resources in use and of compose, from the folder that {@code -Dk8s.schemas=DIR}
 * names; tests that need them are skipped without it. Strict: a field that a schema does not know is an error.
 */
final class StrictSchemas {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> METADATA =
            List.of("ObjectMeta", "ManagedFieldsEntry", "OwnerReference", "Time", "FieldsV1");

    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(VersionFlag.V7);
    private final Map<String, Supplier<JsonSchema>> byKind = new HashMap<>();
    private final JsonSchema compose;

    private StrictSchemas(Path folder) {
        ObjectNode definitions = (ObjectNode) Repository.json(folder.resolve("kubernetes-1.35-openapi-v2.json"))
                .path("definitions");
        definitions.forEach(StrictSchemas::close);
        definitions.properties().forEach(definition -> {
            for (JsonNode kind : definition.getValue().path("x-kubernetes-group-version-kind")) {
                String group = kind.path("group").asText();
                String version = kind.path("version").asText();
                String apiVersion = group.isEmpty() ? version : group + "/" + version;
                byKind.put(
                        apiVersion + " " + kind.path("kind").asText(),
                        () -> factory.getSchema(root(definition.getKey(), definitions)));
            }
        });
        customResources(folder.resolve("crds"), definitions);
        ObjectNode file = (ObjectNode) Repository.json(folder.resolve("compose-spec.json"));
        file.remove("$id");
        compose = factory.getSchema(file);
    }

    static StrictSchemas given() {
        String folder = System.getProperty("k8s.schemas", "");
        assumeTrue(!folder.isBlank(), "skipped: no schemas to validate against were given by -Dk8s.schemas=DIR");
        return Once.SCHEMAS;
    }

    /** What is wrong with a rendered object, one line each; a kind without a schema is wrong too. */
    List<String> faultsOf(JsonNode object) {
        String kind =
                object.path("apiVersion").asText() + " " + object.path("kind").asText();
        Supplier<JsonSchema> schema = byKind.get(kind);
        return schema == null ? List.of("no schema for " + kind) : faults(schema.get(), object);
    }

    List<String> faultsOfCompose(JsonNode file) {
        return faults(compose, file);
    }

    private static List<String> faults(JsonSchema schema, JsonNode instance) {
        return schema.validate(instance).stream().map(Object::toString).sorted().toList();
    }

    private static JsonNode root(String definition, ObjectNode definitions) {
        ObjectNode root = JSON.createObjectNode();
        root.putArray("allOf").addObject().put("$ref", "#/definitions/" + definition);
        root.set("definitions", definitions);
        return root;
    }

    private void customResources(Path folder, ObjectNode definitions) {
        try (Stream<Path> files = Files.list(folder)) {
            files.sorted()
                    .flatMap(file -> Repository.yaml(Repository.text(file)).stream())
                    .forEach(resource -> customResource(resource.path("spec"), definitions));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void customResource(JsonNode resource, ObjectNode definitions) {
        String kind = Repository.at(resource, "names", "kind").asText();
        for (JsonNode version : resource.path("versions")) {
            ObjectNode schema = (ObjectNode) Repository.at(version, "schema", "openAPIV3Schema");
            String apiVersion =
                    resource.path("group").asText() + "/" + version.path("name").asText();
            byKind.put(apiVersion + " " + kind, () -> factory.getSchema(withMetadata(schema.deepCopy(), definitions)));
        }
    }

    /** A custom resource's schema says of its metadata only that it is an object. */
    private static JsonNode withMetadata(ObjectNode schema, ObjectNode definitions) {
        close(schema);
        String prefix = "io.k8s.apimachinery.pkg.apis.meta.v1.";
        ((ObjectNode) schema.path("properties"))
                .putObject("metadata")
                .put("$ref", "#/definitions/" + prefix + "ObjectMeta");
        ObjectNode needed = schema.putObject("definitions");
        METADATA.forEach(name -> needed.set(prefix + name, definitions.path(prefix + name)));
        return schema;
    }

    /** Closes an object that lists its fields, and everything below it. Alternatives only restrict: they stay open. */
    private static void close(JsonNode schema) {
        if (!(schema instanceof ObjectNode object)) {
            return;
        }
        if (object.path("x-kubernetes-int-or-string").asBoolean()
                || object.path("format").asText().equals("int-or-string")) {
            object.remove("type");
            ArrayNode types = object.putArray("type");
            types.add("integer").add("string");
        }
        boolean open = object.path("x-kubernetes-preserve-unknown-fields").asBoolean();
        if (object.has("properties") && !open && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        object.path("properties").forEach(StrictSchemas::close);
        close(object.path("items"));
        close(object.path("additionalProperties"));
    }

    private static final class Once {
        static final StrictSchemas SCHEMAS = new StrictSchemas(Path.of(System.getProperty("k8s.schemas", "")));
    }
}
