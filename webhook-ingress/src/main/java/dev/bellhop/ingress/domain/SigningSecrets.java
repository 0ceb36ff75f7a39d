package dev.bellhop.ingress.domain;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
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

    /** The verdict on a request of that scheme. Whatever the request holds, there is one. */
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
        List<Verdict> verdicts = new ArrayList<>();
        for (Claim claim : claims) {
            Verdict verdict = weigh(claim, tolerance, now);
            if (verdict instanceof Verdict.Authentic) {
                return verdict;
            }
            verdicts.add(verdict);
        }
        return verdicts.get(0);
    }

    private Verdict weigh(Claim claim, Tolerance tolerance, Instant now) {
        Reason objection = claim.at() == null ? null : tolerance.objection(claim.at(), now);
        if (objection != null) {
            return new Verdict.Rejected(objection);
        }
        for (SigningSecret secret : all) {
            if (secret.liveAt(now) && secret.key().proves(claim)) {
                return new Verdict.Authentic(secret.id());
            }
        }
        return new Verdict.Rejected(Reason.SIGNATURE_WRONG);
    }
}
