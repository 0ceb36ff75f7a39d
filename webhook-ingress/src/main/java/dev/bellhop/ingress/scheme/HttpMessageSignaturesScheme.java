package dev.bellhop.ingress.scheme;

import static dev.bellhop.ingress.scheme.Text.base64;
import static dev.bellhop.ingress.scheme.Text.bytes;
import static dev.bellhop.ingress.scheme.Text.malformed;
import static dev.bellhop.ingress.scheme.Text.unixSeconds;

import dev.bellhop.ingress.domain.Claim;
import dev.bellhop.ingress.domain.EventLocations;
import dev.bellhop.ingress.domain.Reason;
import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.SourceDefaults;
import dev.bellhop.ingress.domain.UnreadableSignature;
import dev.bellhop.ingress.domain.VerificationKey;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** RFC 9421 HTTP message signatures over at least method, path or target URI, content type and the RFC 9530 digest of the body.
 * A secret is the base64 of at least 32 bytes, for HMAC-SHA256, or {@code ed25519:}, {@code ecdsa-p256-sha256:} or
 * {@code rsa-pss-sha512:} and a public key in base64. */
@Singleton
final class HttpMessageSignaturesScheme implements SignatureScheme {

    private static final int SHORTEST_KEY = 32;
    private static final List<String> COVERED = List.of("@method", "content-type", "content-digest");
    private static final String LABEL = "(?<label>[a-z*][a-z0-9_.*-]{0,63})";
    /** One signature whose components have no parameters; parameters are numbers or plain strings. */
    private static final Pattern INPUT = Pattern.compile(LABEL
            + "=(?<params>(?<components>\\(\"@?[a-z0-9-]+\"(?: \"@?[a-z0-9-]+\"){0,31})\\)"
            + "(?:;[a-z]+=(?:\\d{1,16}|\"[^\"\\\\]*\")){0,8})");

    private static final Pattern SIGNATURE = Pattern.compile(LABEL + "=:(?<value>[A-Za-z0-9+/=]+):");
    private static final Pattern DIGEST =
            Pattern.compile(" *(?<algorithm>sha-(?:256|512))=:(?<value>[A-Za-z0-9+/=]+):");
    private static final Pattern CREATED = Pattern.compile(";created=(\\d{1,16})");
    private static final Pattern EXPIRES = Pattern.compile(";expires=(\\d{1,16})");

    @Override
    public String name() {
        return "http-message-signatures";
    }

    @Override
    public SourceDefaults defaults() {
        return SourceDefaults.json(EventLocations.of("json:/id", "json:/type", "json:/time", null));
    }

    @Override
    public VerificationKey key(String secret) {
        int colon = secret.indexOf(':');
        byte[] bytes = base64(secret.substring(colon + 1));
        return switch (colon < 0 ? "" : secret.substring(0, colon)) {
            case "ed25519" -> Signatures.ed25519(bytes);
            case "ecdsa-p256-sha256" -> Signatures.ecdsaP256Plain(bytes);
            case "rsa-pss-sha512" -> Signatures.rsaPssSha512(bytes);
            case "" -> hmac(bytes);
            default -> throw new IllegalArgumentException("a secret names an algorithm that is not known");
        };
    }

    @Override
    public Claim claim(SignedRequest request) {
        Matcher input = matching(INPUT, request.required("Signature-Input"));
        Matcher signature = matching(SIGNATURE, request.required("Signature"));
        List<String> components =
                List.of(input.group("components").substring(1).replace("\"", "").split(" ", -1));
        boolean enough =
                components.containsAll(COVERED) && (components.contains("@path") || components.contains("@target-uri"));
        if (!enough || !input.group("label").equals(signature.group("label"))) {
            throw malformed();
        }
        verifyDigest(request);
        StringBuilder base = new StringBuilder();
        for (String component : components) {
            base.append('"').append(component).append("\": ");
            base.append(value(component, request)).append('\n');
        }
        base.append("\"@signature-params\": ").append(input.group("params"));
        return Claim.of(
                created(input.group("params"), request),
                List.of(base64(signature.group("value"))),
                bytes(base.toString()));
    }

    private static Hmac hmac(byte[] key) {
        if (key.length < SHORTEST_KEY) {
            throw new IllegalArgumentException("a secret is the base64 of at least 32 random bytes");
        }
        return Hmac.sha256(key);
    }

    private static Matcher matching(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text.strip());
        if (!matcher.matches()) {
            throw malformed();
        }
        return matcher;
    }

    private static String value(String component, SignedRequest request) {
        URI url = URI.create(request.url());
        return switch (component) {
            case "@method" -> request.method();
            case "@target-uri" -> request.url();
            case "@authority" -> authority(url);
            case "@scheme" -> url.getScheme();
            case "@path" -> url.getRawPath().isEmpty() ? "/" : url.getRawPath();
            case "@query" -> "?" + (url.getRawQuery() == null ? "" : url.getRawQuery());
            default -> header(component, request);
        };
    }

    /** RFC 9421, 2.2.3: in lower case, and without a port that goes without saying. */
    private static String authority(URI url) {
        String authority = url.getRawAuthority().toLowerCase(Locale.ROOT);
        String usual = url.getScheme().equals("https") ? ":443" : ":80";
        return authority.endsWith(usual) ? authority.substring(0, authority.length() - usual.length()) : authority;
    }

    private static String header(String name, SignedRequest request) {
        List<String> values = request.headers().all(name);
        if (values.isEmpty() || name.startsWith("@")) {
            throw malformed();
        }
        return values.stream().map(String::strip).collect(Collectors.joining(", "));
    }

    /** Covered by the signature, the digest ties the body to it. */
    private static void verifyDigest(SignedRequest request) {
        Set<String> verified = new HashSet<>();
        for (String member : request.required("Content-Digest").split(",", -1)) {
            Matcher digest = matching(DIGEST, member);
            String algorithm = digest.group("algorithm").toUpperCase(Locale.ROOT);
            // A key of a dictionary comes once (RFC 8941, 3.2): nobody makes us hash the body for each of many.
            if (!verified.add(algorithm)) {
                throw malformed();
            }
            byte[] actual = Digest.of(algorithm, List.of(request.body()));
            if (!Hmac.isAmong(Claim.of(base64(digest.group("value"))), actual)) {
                throw new UnreadableSignature(Reason.SIGNATURE_WRONG);
            }
        }
    }

    private static Instant created(String params, SignedRequest request) {
        Matcher expires = EXPIRES.matcher(params);
        if (expires.find() && unixSeconds(expires.group(1)).isBefore(request.receivedAt())) {
            throw new UnreadableSignature(Reason.TIMESTAMP_STALE);
        }
        Matcher created = CREATED.matcher(params);
        if (!created.find()) {
            throw malformed();
        }
        return unixSeconds(created.group(1));
    }

    @Override
    public boolean signsUrl() {
        return true;
    }
}
