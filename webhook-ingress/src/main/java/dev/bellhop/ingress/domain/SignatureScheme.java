package dev.bellhop.ingress.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** Where a request may be signed by several, what each claims: one that is proven is enough. Never empty, and few. */
    default List<Claim> claims(SignedRequest request) {
        return List.of(claim(request));
    }

    /**
     * This scheme as one source wants it.
     *
     * @throws IllegalArgumentException if the source must say something else; the message begins with the option's name
     */
    default SignatureScheme configured(SchemeOptions options) {
        options.allowOnly();
        return this;
    }

    /** Whether {@link SignedRequest#url} is part of what is signed: a source then needs a public URL. */
    default boolean signsUrl() {
        return false;
    }

    /** Whether a key of this scheme may wait for something far away, so that no event loop must ask it. */
    default boolean mayWait() {
        return false;
    }

    /** Whether the provider takes no answer that has a body, and none but 200 for a delivery without events. */
    default boolean answersBare() {
        return false;
    }

    /**
     * The challenge of a 401 (RFC 9110, 11.6.1): the same for all schemes that sign, so that it says nothing of what is
     * configured but whether a password is asked for.
     */
    default String proofWanted() {
        return "Signature realm=\"webhooks\"";
    }

    /** The answer to a GET or HEAD by which the provider looks whether we are there; null if it does not do that. */
    default @Nullable Reply probe(Query query) {
        return null;
    }

    /** The answer to a POST that nobody signs and that carries no event; null if this is none. */
    default @Nullable Reply unsigned(SignedRequest request) {
        return null;
    }

    /** The answer to an authentic delivery that asks instead of telling; null if it is an event. */
    default @Nullable Reply challenge(SignedRequest authentic) {
        return null;
    }
}
