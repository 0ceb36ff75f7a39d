package dev.bellhop.ingress.domain;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Header fields as received. Names are matched without regard to case. */
@FunctionalInterface
public interface Headers {

    /** What a name sounds like that proves something; some, such as an Idempotency-Key, do so by their names only. */
    Pattern PROOF = Pattern.compile(
            "(?!(?:x-)?(?:idempotency-key|event-key|author)$).*(?:auth|cookie|secret|token|signature|hmac|key|password|-sig).*");

    /** Whether a header of that name may hold a secret, or proves something to whoever gets to see it. */
    static boolean mayProve(String name) {
        return PROOF.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

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
