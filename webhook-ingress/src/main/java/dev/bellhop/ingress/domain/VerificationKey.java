package dev.bellhop.ingress.domain;

/** Made of one secret, once; asked for each delivery. Safe for use by many threads. */
@FunctionalInterface
public interface VerificationKey {

    /**
     * Whether this key made one of the claim's signatures over the claim's content. Takes the same time either way.
     *
     * @throws ProofOutOfReach if that cannot be told now
     */
    boolean proves(Claim claim);
}
