package dev.bellhop.ingress.scheme;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
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

    private final List<String> pointers;
    private final Node root = new Node();

    /** Pointers as in RFC 6901. */
    JsonFields(List<String> pointers) {
        this.pointers = List.copyOf(pointers);
        pointers.forEach(pointer -> root.along(pointer).wanted = pointer);
    }

    /** The values by pointer, without those that the document has not. Fails if it is not one JSON document. */
    Map<String, String> of(byte[] document) throws IOException {
        Map<String, String> values = new HashMap<>();
        try (JsonParser parser = parserOf(document)) {
            root.read(parser, values);
            end(parser);
        }
        return values;
    }

    /**
     * The same for each element of the array at {@code items}; an object that is the whole document is the only one. Fails if there is no array, and with {@link TooManyItems} as
     * soon as it has more than so many: there may be one in each few bytes.
     */
    List<Item> ofItems(byte[] document, String items, int most) throws IOException {
        Items array = new Items(root, document, most);
        Node path = new Node();
        path.along(items).array = array;
        try (JsonParser parser = parserOf(document)) {
            if (items.isEmpty() && parser.currentToken() == JsonToken.START_OBJECT) {
                array.found = List.of(array.item(parser));
            } else {
                path.read(parser, new HashMap<>());
            }
            end(parser);
        }
        if (array.found == null) {
            throw new IOException("no array of items");
        }
        return array.found;
    }

    private static JsonParser parserOf(byte[] document) throws IOException {
        JsonParser parser = JSON.createParser(document);
        if (parser.nextToken() == null) {
            throw new IOException("an empty document");
        }
        return parser;
    }

    private static void end(JsonParser parser) throws IOException {
        if (parser.nextToken() != null) {
            throw new IOException("more than one document");
        }
    }

    @Override
    public String toString() {
        return pointers.toString();
    }

    /** One element: its values, and where its bytes begin and end. */
    record Item(Map<String, String> values, int start, int end) {}

    /** More than were asked for. */
    static final class TooManyItems extends IOException {

        private static final long serialVersionUID = 1L;

        TooManyItems(int most) {
            super("more than " + most + " items");
        }
    }

    /** The elements of an array; null if there was none. */
    private static final class Items {

        private final Node each;
        private final byte[] document;
        private final int most;
        private @Nullable List<Item> found;

        Items(Node each, byte[] document, int most) {
            this.each = each;
            this.document = document;
            this.most = most;
        }

        /** The array's first token is the parser's. */
        void read(JsonParser parser) throws IOException {
            List<Item> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (items.size() == most) {
                    throw new TooManyItems(most);
                }
                items.add(item(parser));
            }
            found = items;
        }

        /** Its first token is the parser's. */
        Item item(JsonParser parser) throws IOException {
            int start = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
            Map<String, String> values = new HashMap<>();
            each.read(parser, values);
            parser.finishToken();
            int end = Math.toIntExact(parser.currentLocation().getByteOffset());
            if (start < 0 || end > document.length) {
                throw new IOException("not in UTF-8");
            }
            return new Item(values, start, end);
        }
    }

    /** What is wanted at and below one place of the document. */
    private static final class Node {

        private final Map<String, Node> children = new HashMap<>();
        private @Nullable String wanted;
        private @Nullable Items array;

        Node along(String pointer) {
            Node node = this;
            for (String step :
                    pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
                String name = step.replace("~1", "/").replace("~0", "~");
                node = node.children.computeIfAbsent(name, ignored -> new Node());
            }
            return node;
        }

        void read(JsonParser parser, Map<String, String> values) throws IOException {
            JsonToken token = parser.currentToken();
            if (token == JsonToken.START_OBJECT) {
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    Node child = children.get(parser.currentName());
                    parser.nextToken();
                    readOrSkip(child, parser, values);
                }
            } else if (token == JsonToken.START_ARRAY && array != null) {
                array.read(parser);
            } else if (token == JsonToken.START_ARRAY) {
                for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                    readOrSkip(children.isEmpty() ? null : children.get(String.valueOf(i)), parser, values);
                }
            } else if (wanted != null) {
                keep(wanted, token, parser, values);
            }
        }

        private static void keep(String pointer, JsonToken token, JsonParser parser, Map<String, String> values)
                throws IOException {
            if (token != JsonToken.VALUE_NULL) {
                values.put(pointer, parser.getText());
            }
        }

        private static void readOrSkip(@Nullable Node node, JsonParser parser, Map<String, String> values)
                throws IOException {
            if (node == null) {
                parser.skipChildren();
            } else {
                node.forget(values);
                node.read(parser, values);
            }
        }

        /** What an earlier one of the same name had, here and below: none of it is left for who reads the last. */
        private void forget(Map<String, String> values) {
            if (wanted != null) {
                values.remove(wanted);
            }
            if (array != null) {
                array.found = null;
            }
            children.values().forEach(child -> child.forget(values));
        }
    }
}
