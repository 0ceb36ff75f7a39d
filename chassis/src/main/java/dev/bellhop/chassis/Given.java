package dev.bellhop.chassis;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is given or left out, but not null: that would take away (RFC 7396) what cannot be missing. */
public final class Given extends JsonDeserializer<Object> implements ContextualDeserializer {

    private final @Nullable JsonDeserializer<Object> value;

    /** For Jackson, which asks then for one of a field. */
    Given() {
        this(null);
    }

    private Given(@Nullable JsonDeserializer<Object> value) {
        this.value = value;
    }

    @Override
    public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty field)
            throws JsonMappingException {
        return new Given(context.findContextualValueDeserializer(field.getType(), field));
    }

    @Override
    public Object deserialize(JsonParser json, DeserializationContext context) throws IOException {
        return Objects.requireNonNull(value).deserialize(json, context);
    }

    @Override
    public Object getNullValue(DeserializationContext context) throws JsonMappingException {
        return context.reportInputMismatch(this, "null takes away what cannot be missing");
    }

    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
        return null;
    }
}
