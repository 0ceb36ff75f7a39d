package dev.bellhop.ingress.domain;

/** What came of a signature check. There is no third outcome. */
public sealed interface Verdict {

    /** Proven by the secret with this id. */
    record Authentic(String keyId) implements Verdict {}

    /** Not proven. */
    record Rejected(Reason reason) implements Verdict {}
}
