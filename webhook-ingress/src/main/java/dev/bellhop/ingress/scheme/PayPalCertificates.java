package dev.bellhop.ingress.scheme;

import dev.bellhop.ingress.domain.ProofOutOfReach;
import dev.bellhop.ingress.domain.Reason;
import dev.bellhop.ingress.domain.TokenBucket;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.CertPathValidator;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The certificates with which PayPal signs. Only PayPal's own hosts are asked, over HTTPS and without following a
 * redirect; the chain must lead to a root that this JDK trusts. What was found is kept for a while, and so is the fact
 * that nothing was, or that PayPal did not answer. A certificate counts while it is asked for again, and while PayPal does
 * not answer, until it expires. A forger cannot make us call PayPal for every request about one URL, nor for several at a
 * time, nor faster than {@link #ASKED_PER_SECOND}; a certificate that was found before is asked for again whatever forgers
 * do, even while one that they made up is waited for.
 */
@Singleton
final class PayPalCertificates {

    private static final Logger LOG = Logger.getLogger(PayPalCertificates.class);
    private static final Pattern URL = Pattern.compile(
            "https://api(?:-m)?(?:\\.sandbox)?\\.paypal\\.com/v1/notifications/certs/[A-Za-z0-9-]{1,100}");
    private static final Duration KEEP = Duration.ofHours(12);
    private static final Duration KEEP_NOTHING = Duration.ofMinutes(1);
    /** Long enough that an outage is not made worse, short enough that its end is soon noticed. */
    private static final Duration KEEP_AWAY = Duration.ofSeconds(5);

    private static final int MOST_KEPT = 32;
    /** PayPal signs with one certificate at a time. */
    private static final int ASKED_PER_SECOND = 5;

    private final Fetch fetch;
    private final Set<TrustAnchor> roots;
    private final Clock clock;
    private final Map<String, Kept> certificates = new LinkedHashMap<>();
    private final Map<String, Kept> nothings = new LinkedHashMap<>();
    private final ReentrantLock asking = new ReentrantLock();
    private final ReentrantLock renewing = new ReentrantLock();
    private final TokenBucket questions;

    @Inject
    PayPalCertificates(Fetch fetch, Clock clock) {
        this(fetch, systemRoots(), clock);
    }

    PayPalCertificates(Fetch fetch, Set<TrustAnchor> roots, Clock clock) {
        this.fetch = fetch;
        this.roots = Set.copyOf(roots);
        this.clock = clock;
        this.questions = new TokenBucket(ASKED_PER_SECOND, nanos(clock.instant()));
    }

    /**
     * Null if the URL is not PayPal's, or no certificate of PayPal's is there. May wait for PayPal: one caller at a
     * time for what was found before, while the others get that as long as it is valid, and one, so many times a second,
     * for what was not, so that forgers cannot make all threads wait.
     *
     * @throws ProofOutOfReach beyond that, as {@link Reason#OVERLOADED}; if PayPal does not answer, or says that it is
     *     unwell, as {@link Reason#CERTIFICATE_UNAVAILABLE}
     */
    @Nullable
    PublicKey publicKey(String url) {
        if (!URL.matcher(url).matches()) {
            return null;
        }
        Instant now = clock.instant();
        Kept known = known(url, now);
        if (known != null) {
            return known.answer();
        }
        Kept before = before(url);
        ReentrantLock turn = before == null ? asking : renewing;
        if (!turn.tryLock()) {
            if (before != null && before.isValid(now)) {
                return before.answer();
            }
            throw new ProofOutOfReach(Reason.OVERLOADED);
        }
        try {
            if (before == null && !questions.take(nanos(now))) {
                throw new ProofOutOfReach(Reason.OVERLOADED);
            }
            return kept(url, find(url, now), now).answer();
        } finally {
            turn.unlock();
        }
    }

    private synchronized @Nullable Kept before(String url) {
        return certificates.get(url);
    }

    private static long nanos(Instant now) {
        return TimeUnit.MILLISECONDS.toNanos(now.toEpochMilli());
    }

    private synchronized @Nullable Kept known(String url, Instant now) {
        Kept proven = live(certificates.get(url), now);
        return proven == null ? live(nothings.get(url), now) : proven;
    }

    private static @Nullable Kept live(@Nullable Kept kept, Instant now) {
        return kept == null || kept.until().isBefore(now) ? null : kept;
    }

    /**
     * Of one that PayPal could not be asked for again: what was found before, while it is valid. What forgers make up takes
     * no place of what is PayPal's.
     */
    private synchronized Kept kept(String url, Kept asked, Instant now) {
        Kept before = certificates.get(url);
        Kept found = asked.finding() == Finding.AWAY && before != null && before.isValid(now)
                ? before.until(asked.until())
                : asked;
        Map<String, Kept> alike = before == null && found.certificate() == null ? nothings : certificates;
        if (alike.size() >= MOST_KEPT && !alike.containsKey(url)) {
            alike.remove(alike.keySet().iterator().next());
        }
        alike.put(url, found);
        if (found.certificate() != null) {
            nothings.remove(url);
        }
        return found;
    }

    private Kept find(String url, Instant now) {
        try {
            List<X509Certificate> chain = chain(fetch.get(url));
            verify(chain, now);
            return new Kept(Finding.PROVEN, chain.get(0), now.plus(KEEP));
        } catch (IOException e) {
            LOG.warnf("PayPal's certificates cannot be fetched reason=%s", e);
            return new Kept(Finding.AWAY, null, now.plus(KEEP_AWAY));
        } catch (GeneralSecurityException e) {
            LOG.warnf("no certificate of PayPal's reason=%s", e.getMessage());
            return new Kept(Finding.NOTHING, null, now.plus(KEEP_NOTHING));
        }
    }

    private static List<X509Certificate> chain(byte[] pem) throws GeneralSecurityException {
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate certificate :
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem))) {
            chain.add((X509Certificate) certificate);
        }
        if (chain.isEmpty()) {
            throw new GeneralSecurityException("no certificate in the answer");
        }
        return chain;
    }

    private void verify(List<X509Certificate> chain, Instant now) throws GeneralSecurityException {
        String subject = chain.get(0).getSubjectX500Principal().getName();
        if (!subject.matches("(?:.*,)?CN=[a-z.]*\\.paypal\\.com(?:,.*)?")) {
            throw new GeneralSecurityException("issued to somebody else");
        }
        PKIXParameters parameters = new PKIXParameters(roots);
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(now));
        // a root may be sent along; the leaf stays, because an empty path would be valid
        List<X509Certificate> path = new ArrayList<>(chain.subList(0, 1));
        chain.stream().skip(1).filter(issuer -> !isRoot(issuer)).forEach(path::add);
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
    }

    private static boolean isRoot(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private static Set<TrustAnchor> systemRoots() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return Arrays.stream(factory.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                    .map(root -> new TrustAnchor(root, null))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no trusted roots", e);
        }
    }

    /** Port: PayPal's hosts. */
    interface Fetch {

        /**
         * What is at a URL; no bytes if its host says that nothing is.
         *
         * @throws IOException if the host cannot be asked, or cannot tell now
         */
        byte[] get(String url) throws IOException;
    }

    private enum Finding {
        PROVEN,
        NOTHING,
        AWAY
    }

    /**
     * What is known of a URL.
     *
     * @param until when it is asked for again: no later than its certificate expires
     */
    private record Kept(Finding finding, @Nullable X509Certificate certificate, Instant until) {

        Kept {
            if (certificate != null && expiry(certificate).isBefore(until)) {
                until = expiry(certificate);
            }
        }

        private static Instant expiry(X509Certificate certificate) {
            return certificate.getNotAfter().toInstant();
        }

        boolean isValid(Instant now) {
            return certificate != null && !expiry(certificate).isBefore(now);
        }

        Kept until(Instant later) {
            return new Kept(finding, certificate, later);
        }

        @Nullable
        PublicKey answer() {
            if (finding == Finding.AWAY) {
                throw new ProofOutOfReach(Reason.CERTIFICATE_UNAVAILABLE);
            }
            return certificate == null ? null : certificate.getPublicKey();
        }
    }
}
