package dev.bellhop.gateway.domain;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object; each complaint says where it is. */
final class Fields {

    private final String place;
    private final Map<?, ?> values;
    private final Set<String> asked = new HashSet<>();

    private Fields(String place, Map<?, ?> values) {
        this.place = place;
        this.values = values;
    }

    static Fields of(String place, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return new Fields(place, map);
        }
        throw new FaultPlan.Invalid(place, "must be an object");
    }

    private @Nullable Object value(String name) {
        asked.add(name);
        return values.get(name);
    }

    private FaultPlan.Invalid wrong(String name, String message) {
        return new FaultPlan.Invalid(place.isEmpty() ? name : place + "." + name, message);
    }

    String place() {
        return place;
    }

    boolean has(String name) {
        return value(name) != null;
    }

    Fields object(String name) {
        return of(place.isEmpty() ? name : place + "." + name, value(name));
    }

    List<Fields> objects(String name) {
        if (!(value(name) instanceof List<?> list)) {
            throw wrong(name, "must be a list");
        }
        List<Fields> all = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            all.add(of(name + "[" + i + "]", list.get(i)));
        }
        return all;
    }

    String text(String name) {
        if (value(name) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw wrong(name, "must be a text");
    }

    /** A text, a list of texts, or nothing. */
    Set<String> texts(String name) {
        Object value = value(name);
        if (value == null) {
            return Set.of();
        }
        Set<String> texts = new TreeSet<>();
        for (Object item : value instanceof List<?> list ? list : List.of(value)) {
            if (!(item instanceof String text)) {
                throw wrong(name, "must be a text or a list of texts");
            }
            texts.add(text);
        }
        return texts;
    }

    int number(String name, int otherwise) {
        Object value = value(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Integer number) {
            return number;
        }
        throw wrong(name, "must be a whole number");
    }

    double share(String name) {
        Object value = value(name);
        if (value == null) {
            return 1;
        }
        if (value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= 1) {
            return number.doubleValue();
        }
        throw wrong(name, "must be a number from 0 to 1");
    }

    boolean flag(String name) {
        Object value = value(name);
        if (value == null) {
            return false;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw wrong(name, "must be true or false");
    }

    Duration duration(String name, Duration otherwise) {
        Object value = value(name);
        if (value == null) {
            return otherwise;
        }
        try {
            return Duration.parse(String.valueOf(value));
        } catch (DateTimeParseException e) {
            throw new FaultPlan.Invalid(place + "." + name, "must be an ISO 8601 duration such as PT2S", e);
        }
    }

    /** Nothing may be left that nobody asked for: a typing error must not make a rule harmless. */
    void end() {
        for (Object name : values.keySet()) {
            if (!asked.contains(String.valueOf(name))) {
                throw wrong(String.valueOf(name), "is unknown");
            }
        }
    }
}
