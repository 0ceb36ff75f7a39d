package dev.bellhop.ingress.api;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** {@code X-Request-Id}: the caller's if it is fit to be repeated, else a new one. */
final class RequestIds {

    static final String HEADER = "X-Request-Id";
    private static final int LONGEST = 128;

    private RequestIds() {}

    static String of(@Nullable String callers, RandomGenerator random) {
        return callers != null && isFit(callers)
                ? callers
                : HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
    }

    private static boolean isFit(String id) {
        return !id.isEmpty() && id.length() <= LONGEST && id.chars().allMatch(c -> c > ' ' && c < 127);
    }
}
