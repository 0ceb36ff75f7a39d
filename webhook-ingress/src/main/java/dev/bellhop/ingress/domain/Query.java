package dev.bellhop.ingress.domain;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Name-value pairs as a query or a form has them, decoded. Of equal names the first counts. */
public record Query(Map<String, String> values) {

    /** More than that is an attack on hash maps. */
    private static final int MOST = 1000;

    /** Fails with IllegalArgumentException if an escape is broken. */
    public static Query parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : text.split("&", MOST + 1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (!name.isEmpty()) {
                values.putIfAbsent(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        if (values.size() >= MOST) {
            throw new IllegalArgumentException("too many fields");
        }
        return new Query(values);
    }

    /** What follows the question mark of a request's target. */
    public static Query of(String target) {
        int mark = target.indexOf('?');
        return parse(mark < 0 ? "" : target.substring(mark + 1));
    }

    public @Nullable String value(String name) {
        return values.get(name);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
