package dev.bellhop.ingress.domain;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/** All secrets of a source, the newest first, so that the usual one is tried first. */
public record SigningSecrets(List<SigningSecret> all) {

    public SigningSecrets {
        all = List.copyOf(all);
    }

    /** Whether there is one that counts then. */
    public boolean anyLiveAt(Instant now) {
        return all.stream().anyMatch(secret -> secret.liveAt(now));
    }

    /**
     * The verdict on a request of that scheme. Whatever the request holds, there is one. Its time is looked at once it is
     * proven: a time that is refused tells of a clock that is off, or of a delivery that is sent again, and never of a forgery.
     */
    public Verdict verify(SignatureScheme scheme, Tolerance tolerance, SignedRequest request) {
        try {
            return weigh(scheme.claims(request), tolerance, request.receivedAt());
        } catch (UnreadableSignature e) {
            return new Verdict.Rejected(e.reason());
        } catch (ProofOutOfReach e) {
            return new Verdict.Undecided(e.reason());
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            // what the JDK's parsers throw at text that a forger made up
            return new Verdict.Rejected(Reason.SIGNATURE_MALFORMED);
        }
    }

    private Verdict weigh(List<Claim> claims, Tolerance tolerance, Instant now) {
        Reason reason = Reason.SIGNATURE_WRONG;
        for (Claim claim : claims) {
            for (SigningSecret secret : all) {
                if (secret.liveAt(now) && secret.key().proves(claim)) {
                    Reason objection = claim.at() == null ? null : tolerance.objection(claim.at(), now);
                    if (objection == null) {
                        return new Verdict.Authentic(secret.id());
                    }
                    reason = objection;
                }
            }
        }
        return new Verdict.Rejected(reason);
    }
}
