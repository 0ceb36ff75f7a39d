package dev.bellhop.ingress.scheme;

import static dev.bellhop.ingress.scheme.Text.base64;
import static dev.bellhop.ingress.scheme.Text.bytes;
import static dev.bellhop.ingress.scheme.Text.malformed;
import static dev.bellhop.ingress.scheme.Text.utf8;

import dev.bellhop.ingress.domain.Claim;
import dev.bellhop.ingress.domain.EventLocations;
import dev.bellhop.ingress.domain.SchemeOptions;
import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.SourceDefaults;
import dev.bellhop.ingress.domain.VerificationKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** PayPal: RSA with SHA-256 over transmission id, time, the webhook's id and the CRC-32 of the body, proven by a certificate that
 * PayPal names and that must be its own, or by a key that the source pins. A secret is the webhook's id, as the dashboard shows it. */
@Singleton
final class PayPalScheme implements SignatureScheme {

    /** A delivery may be tried for three days with the time of the first attempt. */
    private static final Duration TOLERANCE = Duration.ofDays(4);

    private static final int BEFORE = 0;
    private static final int AFTER = 1;
    private static final int URL = 2;

    private final PayPalCertificates certificates;
    private final @Nullable PublicKey pinned;

    @Inject
    PayPalScheme(PayPalCertificates certificates) {
        this(certificates, null);
    }

    private PayPalScheme(PayPalCertificates certificates, @Nullable PublicKey pinned) {
        this.certificates = certificates;
        this.pinned = pinned;
    }

    @Override
    public String name() {
        return "paypal";
    }

    @Override
    public SourceDefaults defaults() {
        return SourceDefaults.json(
                        EventLocations.of("json:/id", "json:/event_type", "json:/create_time", "json:/resource/id"))
                .within(TOLERANCE);
    }

    @Override
    public VerificationKey key(String secret) {
        byte[] webhookId = bytes(secret);
        return claim -> {
            PublicKey key = pinned != null
                    ? pinned
                    : certificates.publicKey(utf8(claim.content().get(URL)));
            if (key == null) {
                return false;
            }
            List<byte[]> content = List.of(
                    claim.content().get(BEFORE), webhookId, claim.content().get(AFTER));
            return Signatures.rsaSha256(key).proves(new Claim(claim.at(), claim.signatures(), content));
        };
    }

    @Override
    public Claim claim(SignedRequest request) {
        if (!"SHA256withRSA".equalsIgnoreCase(request.required("PAYPAL-AUTH-ALGO"))) {
            throw malformed();
        }
        String time = request.required("PAYPAL-TRANSMISSION-TIME");
        CRC32 checksum = new CRC32();
        checksum.update(request.body());
        return Claim.of(
                Instant.parse(time),
                List.of(base64(request.required("PAYPAL-TRANSMISSION-SIG"))),
                bytes(request.required("PAYPAL-TRANSMISSION-ID") + "|" + time + "|"),
                bytes("|" + checksum.getValue()),
                bytes(request.required("PAYPAL-CERT-URL")));
    }

    /** With {@code public-key} that one key counts, whatever certificate a delivery names: none is ever fetched. */
    @Override
    public SignatureScheme configured(SchemeOptions options) {
        options.allowOnly("public-key");
        String key = options.value("public-key");
        return key == null ? this : new PayPalScheme(certificates, pinned(key));
    }

    private static PublicKey pinned(String base64) {
        try {
            return Signatures.rsaKey(base64(base64));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(".public-key must be an RSA key of 2048 bits or more, in base64", e);
        }
    }

    /** A certificate that we have not seen yet is fetched. */
    @Override
    public boolean mayWait() {
        return pinned == null;
    }
}
