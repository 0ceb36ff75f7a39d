package dev.bellhop.ingress.domain;

/** What came of a signature check. There is no fourth outcome. */
public sealed interface Verdict {

    /** Proven by the secret with this id. */
    record Authentic(String keyId) implements Verdict {}

    /** Not proven. */
    record Rejected(Reason reason) implements Verdict {}

    /** Neither: what would tell cannot be had now, through no fault of the sender's, who may try again. */
    record Undecided(Reason reason) implements Verdict {}
}
