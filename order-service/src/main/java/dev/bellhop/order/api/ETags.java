package dev.bellhop.order.api;

import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Entity tags (RFC 9110, section 8.8.3): strong, made from the version. */
final class ETags {

    /** The next of a list. What comes behind a fault counts for nothing. */
    private static final Pattern TAG = Pattern.compile("\\G[,\\s]*+((?:W/)?\"[^\"]*+\")\\s*+(?=,|$)");

    private ETags() {}

    static String of(long version) {
        return "\"" + version + "\"";
    }

    /** Lines are one list (RFC 9110, section 5.3). */
    static String list(List<String> lines) {
        return String.join(",", lines);
    }

    /** Which versions the {@code If-Match} of a call means that need not have one: without it, all. */
    static LongPredicate optional(List<String> lines) {
        return isMissing(lines) ? version -> true : version -> matches(list(lines), version);
    }

    /** The {@code If-Match} of a call that must have one. */
    static String required(List<String> lines) {
        if (isMissing(lines)) {
            throw new Rejected(
                    428, "precondition_required", "say which version is meant: If-Match with the ETag that was read");
        }
        return list(lines);
    }

    private static boolean isMissing(List<String> lines) {
        return lines.stream().allMatch(String::isBlank);
    }

    /** Whether an {@code If-Match} names this version; a weak tag names none. */
    static boolean matches(String header, long version) {
        return names(header, tag -> tag.equals(of(version)));
    }

    /** The same for {@code If-None-Match}, which compares weakly: proxies may weaken a tag. */
    static boolean matchesWeakly(String header, long version) {
        return names(header, tag -> tag.endsWith(of(version)));
    }

    private static boolean names(String header, Predicate<String> meant) {
        return header.strip().equals("*")
                || TAG.matcher(header).results().map(tag -> tag.group(1)).anyMatch(meant);
    }
}
