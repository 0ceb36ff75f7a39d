package dev.bellhop.gateway.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.io.IOException;

/** Text that UTF-8 can hold: JSON can escape half of a surrogate pair, and whoever keeps it keeps a question mark. */
final class WellFormed extends StringDeserializer {

    private static final long serialVersionUID = 1L;

    @Override
    public String deserialize(JsonParser json, DeserializationContext context) throws IOException {
        String text = super.deserialize(json, context);
        if (text != null && text.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE)) {
            return context.reportInputMismatch(this, "half of a surrogate pair");
        }
        return text;
    }
}
