package dev.bellhop.ingress.domain;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one source tells its scheme: {@code webhooks.sources.*.options.NAME}. */
public record SchemeOptions(Map<String, String> values) {

    public SchemeOptions {
        values = Map.copyOf(values);
    }

    /** Null if it is not set. */
    public @Nullable String value(String name) {
        return values.get(name);
    }

    public String valueOr(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    public String required(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("." + name + " is missing");
        }
        return value;
    }

    /** A mistyped option must not be taken for a missing one. */
    public void allowOnly(String... names) {
        for (String name : values.keySet()) {
            if (!Set.of(names).contains(name)) {
                throw new IllegalArgumentException("." + name + " is not an option of this scheme");
            }
        }
    }
}
