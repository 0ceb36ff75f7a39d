package dev.bellhop.ingress.scheme;

import static dev.bellhop.ingress.scheme.StructuredField.BYTE_SEQUENCES;
import static dev.bellhop.ingress.scheme.StructuredField.LISTS;
import static dev.bellhop.ingress.scheme.StructuredField.dictionary;
import static dev.bellhop.ingress.scheme.StructuredField.parameters;
import static dev.bellhop.ingress.scheme.Text.base64;
import static dev.bellhop.ingress.scheme.Text.bytes;
import static dev.bellhop.ingress.scheme.Text.malformed;
import static dev.bellhop.ingress.scheme.Text.unixSeconds;
import static dev.bellhop.ingress.scheme.Text.utf8;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    /** Behind the signature base: what the sender says it is signed by, which must be what the key is for (RFC 9421, 3.2). */
    private static final int ALGORITHM = 1;

    private static final List<String> COVERED = List.of("@method", "content-type", "content-digest");
    /** Each is one to be checked. */
    private static final int MOST_SIGNATURES = 10;
    /** Components whose values we know: their names have no parameters. */
    private static final Pattern PLAIN =
            Pattern.compile("\\((?<names>\"@?[a-z0-9-]+\"(?: \"@?[a-z0-9-]+\")*+)\\)(?<parameters>.*+)");

    private static final Set<String> DIGESTS = Set.of("sha-256", "sha-512");

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
        String algorithm = colon < 0 ? "hmac-sha256" : secret.substring(0, colon);
        VerificationKey key = key(algorithm, bytes);
        String name = '"' + algorithm + '"';
        return claim -> {
            String named = utf8(claim.content().get(ALGORITHM));
            return (named.isEmpty() || named.equals(name))
                    && key.proves(new Claim(
                            claim.at(), claim.signatures(), claim.content().subList(0, ALGORITHM)));
        };
    }

    private static VerificationKey key(String algorithm, byte[] bytes) {
        return switch (algorithm) {
            case "ed25519" -> Signatures.ed25519(bytes);
            case "ecdsa-p256-sha256" -> Signatures.ecdsaP256Plain(bytes);
            case "rsa-pss-sha512" -> Signatures.rsaPssSha512(bytes);
            case "hmac-sha256" -> hmac(bytes);
            default -> throw new IllegalArgumentException("a secret names an algorithm that is not known");
        };
    }

    @Override
    public Claim claim(SignedRequest request) {
        return claims(request).get(0);
    }

    /** Those that cover enough, whoever signed: which one counts is the verifier's decision (RFC 9421, 3.2), here by key. */
    @Override
    public List<Claim> claims(SignedRequest request) {
        Map<String, String> inputs = dictionary(LISTS, "Signature-Input", request);
        Map<String, String> signatures = dictionary(BYTE_SEQUENCES, "Signature", request);
        if (inputs.size() > MOST_SIGNATURES || !inputs.keySet().equals(signatures.keySet())) {
            throw malformed();
        }
        inputs.values().removeIf(input -> !coversEnough(input));
        if (inputs.isEmpty()) {
            throw malformed();
        }
        verifyDigest(request);
        List<Claim> claims = new ArrayList<>();
        List<IllegalArgumentException> unreadable = new ArrayList<>();
        inputs.forEach((label, input) -> {
            try {
                claims.add(claim(input, signatures.getOrDefault(label, "::"), request));
            } catch (IllegalArgumentException e) {
                unreadable.add(e);
            }
        });
        if (claims.isEmpty()) {
            throw unreadable.get(0);
        }
        return claims;
    }

    private static boolean coversEnough(String input) {
        List<String> components = components(input);
        return components.containsAll(COVERED)
                && (components.contains("@path") || components.contains("@target-uri"))
                && Set.copyOf(components).size() == components.size();
    }

    private static List<String> components(String input) {
        Matcher plain = PLAIN.matcher(input);
        return plain.matches() ? List.of(plain.group("names").replace("\"", "").split(" ", -1)) : List.of();
    }

    private static Claim claim(String input, String signature, SignedRequest request) {
        StringBuilder base = new StringBuilder();
        for (String component : components(input)) {
            base.append('"').append(component).append("\": ");
            base.append(value(component, request)).append('\n');
        }
        base.append("\"@signature-params\": ").append(input);
        Map<String, String> parameters = parameters(input.substring(input.indexOf(')') + 1));
        return Claim.of(
                created(parameters, request),
                List.of(StructuredField.bytes(signature)),
                bytes(base.toString()),
                bytes(parameters.getOrDefault("alg", "")));
    }

    private static Hmac hmac(byte[] key) {
        if (key.length < SHORTEST_KEY) {
            throw new IllegalArgumentException("a secret is the base64 of at least 32 random bytes");
        }
        return Hmac.sha256(key);
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

    /** Covered by the signature, the digest ties the body to it. Others than ours may stand beside it (RFC 9530, 2). */
    private static void verifyDigest(SignedRequest request) {
        Map<String, String> digests = dictionary(BYTE_SEQUENCES, "Content-Digest", request);
        digests.keySet().retainAll(DIGESTS);
        if (digests.isEmpty()) {
            throw malformed();
        }
        digests.forEach((algorithm, digest) -> {
            byte[] actual = Digest.of(algorithm.toUpperCase(Locale.ROOT), List.of(request.body()));
            if (!Hmac.isAmong(Claim.of(StructuredField.bytes(digest)), actual)) {
                throw new UnreadableSignature(Reason.SIGNATURE_WRONG);
            }
        });
    }

    /** What has expired is older than anything that is tolerated. */
    private static Instant created(Map<String, String> parameters, SignedRequest request) {
        Instant created = unixSeconds(parameters.getOrDefault("created", ""));
        String expires = parameters.get("expires");
        return expires != null && unixSeconds(expires).isBefore(request.receivedAt()) ? Instant.MIN : created;
    }

    @Override
    public boolean signsUrl() {
        return true;
    }
}
