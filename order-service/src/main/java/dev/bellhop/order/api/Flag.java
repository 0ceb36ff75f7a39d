package dev.bellhop.order.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.io.IOException;

/** True, false or left out. A wrong guess would replay what should be counted. */
final class Flag extends JsonDeserializer<Boolean> {

    @Override
    public Boolean deserialize(JsonParser json, DeserializationContext context) throws IOException {
        return json.currentToken().isBoolean()
                ? json.getBooleanValue()
                : (Boolean) context.handleUnexpectedToken(boolean.class, json);
    }

    @Override
    public Boolean getNullValue(DeserializationContext context) throws JsonMappingException {
        return context.reportInputMismatch(boolean.class, "null is neither true nor false");
    }

    @Override
    public Boolean getAbsentValue(DeserializationContext context) {
        return false;
    }
}
