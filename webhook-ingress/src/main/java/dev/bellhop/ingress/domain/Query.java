package dev.bellhop.ingress.domain;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Name-value pairs as a query or a form has them, decoded. */
public record Query(Map<String, List<String>> values) {

    /** More than that is an attack on hash maps. */
    private static final int MOST = 1000;

    /** Fails with IllegalArgumentException if an escape is broken. */
    public static Query parse(String text) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        String[] pairs = text.split("&", MOST + 1);
        if (pairs.length > MOST) {
            throw new IllegalArgumentException("too many fields");
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (!name.isEmpty()) {
                values.computeIfAbsent(decoded(name), ignored -> new ArrayList<>())
                        .add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return new Query(values);
    }

    /** What follows the question mark of a request's target. */
    public static Query of(String target) {
        int mark = target.indexOf('?');
        return parse(mark < 0 ? "" : target.substring(mark + 1));
    }

    /** The only value of that name, or null. Fails with IllegalArgumentException if there are more: none of them counts. */
    public @Nullable String value(String name) {
        List<String> all = values.getOrDefault(name, List.of());
        if (all.size() > 1) {
            throw new IllegalArgumentException("which of them counts is anybody's guess");
        }
        return all.isEmpty() ? null : all.get(0);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
