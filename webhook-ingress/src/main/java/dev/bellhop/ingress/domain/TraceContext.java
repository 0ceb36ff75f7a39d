package dev.bellhop.ingress.domain;

import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** W3C Trace Context of a delivery, carried on unchanged: the ingress records no span that could be a parent. */
public record TraceContext(String traceparent, @Nullable String tracestate) {

    /** So much of it is carried on, at least, by everybody; what is longer may be dropped. */
    private static final int LONGEST_STATE = 512;

    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

    /** The sender's, if it is valid; else a new one. */
    public static TraceContext of(Headers headers, RandomGenerator random) {
        List<String> parents = headers.all("traceparent");
        if (parents.size() == 1 && TRACEPARENT.matcher(parents.get(0)).matches()) {
            String state = String.join(",", headers.all("tracestate"));
            boolean isFit = !state.isEmpty() && state.length() <= LONGEST_STATE;
            return new TraceContext(parents.get(0), isFit ? state : null);
        }
        return begun(random);
    }

    private static TraceContext begun(RandomGenerator random) {
        HexFormat hex = HexFormat.of();
        String trace = hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong() | 1);
        return new TraceContext("00-" + trace + "-" + hex.toHexDigits(random.nextLong() | 1) + "-01", null);
    }
}
