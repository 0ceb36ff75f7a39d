package dev.bellhop.order.api;

import org.jspecify.annotations.Nullable;

/** Entity tags (RFC 9110, section 8.8.3): strong, made from the version. */
final class ETags {

    private ETags() {}

    static String of(long version) {
        return "\"" + version + "\"";
    }

    /** The {@code If-Match} of a call that must have one. */
    static String required(@Nullable String header) {
        if (header == null || header.isBlank()) {
            throw new Rejected(
                    428, "precondition_required", "say which version is meant: If-Match with the ETag that was read");
        }
        return header;
    }

    /** Whether an {@code If-None-Match} or {@code If-Match} names this version. */
    static boolean matches(@Nullable String header, long version) {
        if (header == null) {
            return false;
        }
        for (String tag : header.split(",", -1)) {
            String stripped = tag.strip();
            if (stripped.equals("*") || stripped.equals(of(version))) {
                return true;
            }
        }
        return false;
    }

    /** The same for {@code If-None-Match}, which compares weakly: proxies may weaken a tag. */
    static boolean matchesWeakly(@Nullable String header, long version) {
        return header != null && matches(header.replace("W/", ""), version);
    }
}
