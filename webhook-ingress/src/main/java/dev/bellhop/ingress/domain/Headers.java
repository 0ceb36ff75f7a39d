package dev.bellhop.ingress.domain;

import java.util.List;
import java.util.Set;

/** Header fields as received. Names are matched without regard to case. */
@FunctionalInterface
public interface Headers {

    /** Whether a header can have that name (RFC 9110, 5.6.2). */
    static boolean isName(String text) {
        return text.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    }

    /** Every value of that name in the order received; empty if there is none. */
    List<String> all(String name);

    /** Every name that there is, as received. */
    default Set<String> names() {
        return Set.of();
    }
}
