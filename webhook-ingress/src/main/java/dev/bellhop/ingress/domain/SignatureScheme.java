package dev.bellhop.ingress.domain;

/**
 * How one provider signs. A scheme reads what a request claims and makes keys of secrets; whether a key proves the claim,
 * in time, is decided in {@link SigningSecrets}, the same for all. Safe for use by many threads.
 */
public interface SignatureScheme {

    /** What {@code webhooks.sources.*.scheme} says. */
    String name();

    /** Where this provider's webhooks carry what, unless the source says otherwise. */
    SourceDefaults defaults();

    /**
     * The key that a secret stands for.
     *
     * @throws IllegalArgumentException if it cannot be a secret of this provider; the message says what one looks like,
     *     and never contains it
     */
    VerificationKey key(String secret);

    /**
     * What the request claims.
     *
     * @throws IllegalArgumentException if it makes no readable claim; {@link UnreadableSignature} says more
     */
    Claim claim(SignedRequest request);
}
