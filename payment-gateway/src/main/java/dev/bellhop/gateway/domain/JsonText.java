package dev.bellhop.gateway.domain;

/** A JSON string literal. The webhook's body is written by hand so that its bytes depend on no library's mood. */
final class JsonText {

    private JsonText() {}

    static String of(String text) {
        StringBuilder literal = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            append(literal, text.charAt(i));
        }
        return literal.append('"').toString();
    }

    private static void append(StringBuilder literal, char character) {
        if (character == '"' || character == '\\') {
            literal.append('\\').append(character);
            return;
        }
        if (character < ' ') {
            literal.append(String.format("\\u%04x", (int) character));
            return;
        }
        literal.append(character);
    }
}
