package dev.bellhop.ingress.scheme;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A few values out of a JSON document, found by pointer in one pass. The whole document is read, so that one which is
 * cut short is noticed; nothing but the values is kept. Of equal names the last counts, as with most parsers.
 */
final class JsonFields {

    private static final JsonFactory JSON = new JsonFactory();

    private final Node root = new Node();
    private final int size;

    /** Pointers as in RFC 6901; null stands for a value that nobody asks for. */
    JsonFields(List<@Nullable String> pointers) {
        this.size = pointers.size();
        for (int slot = 0; slot < size; slot++) {
            String pointer = pointers.get(slot);
            if (pointer != null) {
                root.along(pointer).slot = slot;
            }
        }
    }

    /** The values in the order of the pointers; null where the document has none. Fails if it is not JSON. */
    @Nullable
    String[] of(byte[] document) throws IOException {
        @Nullable String[] values = new @Nullable String[size];
        try (JsonParser parser = JSON.createParser(document)) {
            if (parser.nextToken() == null) {
                throw new IOException("an empty document");
            }
            read(parser, root, values);
            if (parser.nextToken() != null) {
                throw new IOException("more than one document");
            }
        }
        return values;
    }

    private static void read(JsonParser parser, Node node, @Nullable String[] values) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                child(parser, node.children.get(parser.currentName()), values);
            }
        } else if (token == JsonToken.START_ARRAY) {
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                element(parser, node.children.isEmpty() ? null : node.children.get(String.valueOf(i)), values);
            }
        } else if (node.slot >= 0) {
            values[node.slot] = token == JsonToken.VALUE_NULL ? null : parser.getText();
        }
    }

    private static void child(JsonParser parser, @Nullable Node node, @Nullable String[] values) throws IOException {
        parser.nextToken();
        element(parser, node, values);
    }

    private static void element(JsonParser parser, @Nullable Node node, @Nullable String[] values) throws IOException {
        if (node == null) {
            parser.skipChildren();
        } else {
            read(parser, node, values);
        }
    }

    /** What is wanted below one place of the document. */
    private static final class Node {

        private final Map<String, Node> children = new HashMap<>();
        private int slot = -1;

        private Node along(String pointer) {
            Node node = this;
            for (String step : pointer.substring(1).split("/", -1)) {
                String name = step.replace("~1", "/").replace("~0", "~");
                node = node.children.computeIfAbsent(name, ignored -> new Node());
            }
            return node;
        }
    }
}
