package dev.bellhop.ingress.scheme;

import static dev.bellhop.ingress.scheme.Text.after;
import static dev.bellhop.ingress.scheme.Text.base64;
import static dev.bellhop.ingress.scheme.Text.bytes;
import static dev.bellhop.ingress.scheme.Text.hex;
import static dev.bellhop.ingress.scheme.Text.unixMillis;
import static dev.bellhop.ingress.scheme.Text.unixSeconds;

import dev.bellhop.ingress.domain.Claim;
import dev.bellhop.ingress.domain.EventLocations;
import dev.bellhop.ingress.domain.Headers;
import dev.bellhop.ingress.domain.SchemeOptions;
import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.SourceDefaults;
import dev.bellhop.ingress.domain.VerificationKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Any HMAC over any content, described by the source's options alone:
 * <pre>
 * options.header=X-Signature              where the signature is
 * options.prefix=sha256=                  what precedes it; default: nothing
 * options.encoding=hex                    or base64
 * options.hash=sha256                     or sha512, sha1
 * options.content={timestamp}.{body}      also {method}, {url}, {header:NAME}; default: {body}
 * options.timestamp-header=X-Timestamp    in seconds, or milliseconds; default: none
 * </pre> */
@Singleton
final class GenericHmacScheme implements SignatureScheme {

    private static final Pattern PART = Pattern.compile("\\{[^}]*}|[^{]+|\\{");
    private static final Pattern KNOWN = Pattern.compile("\\{(?:body|timestamp|method|url|header:[A-Za-z0-9-]+)}");
    /** Digits from which on a time is in milliseconds. */
    private static final int MILLIS = 13;

    private final SchemeOptions options;
    private final List<String> parts;

    @Inject
    GenericHmacScheme() {
        this(new SchemeOptions(Map.of()), List.of("{body}"));
    }

    private GenericHmacScheme(SchemeOptions options, List<String> parts) {
        this.options = options;
        this.parts = parts;
    }

    @Override
    public String name() {
        return "hmac";
    }

    @Override
    public SourceDefaults defaults() {
        return SourceDefaults.json(EventLocations.of("json:/id", "json:/type", "json:/timestamp", null))
                .ofTypes(SourceDefaults.JSON, SourceDefaults.FORM);
    }

    @Override
    public VerificationKey key(String secret) {
        return switch (options.valueOr("hash", "sha256")) {
            case "sha256" -> Hmac.sha256(secret);
            case "sha512" -> Hmac.sha512(bytes(secret));
            case "sha1" -> Hmac.sha1(secret);
            default -> throw new IllegalArgumentException("the hash is not known");
        };
    }

    @Override
    public Claim claim(SignedRequest request) {
        String header = request.required(options.required("header"));
        String text = after(options.valueOr("prefix", ""), header);
        byte[] signature = "base64".equals(options.value("encoding")) ? base64(text) : hex(text);
        String timestampHeader = options.value("timestamp-header");
        String timestamp = timestampHeader == null ? null : request.required(timestampHeader);
        byte[][] content = parts.stream()
                .map(part -> part.startsWith("{") ? value(part, request, timestamp) : bytes(part))
                .toArray(byte[][]::new);
        return timestamp == null
                ? Claim.of(signature, content)
                : Claim.of(time(timestamp), List.of(signature), content);
    }

    @Override
    public SignatureScheme configured(SchemeOptions chosen) {
        chosen.allowOnly("header", "prefix", "encoding", "hash", "content", "timestamp-header");
        chosen.required("header");
        if (!List.of("hex", "base64").contains(chosen.valueOr("encoding", "hex"))) {
            throw new IllegalArgumentException(".encoding is neither hex nor base64");
        }
        if (!List.of("sha256", "sha512", "sha1").contains(chosen.valueOr("hash", "sha256"))) {
            throw new IllegalArgumentException(".hash is none of sha256, sha512, sha1");
        }
        for (String name : List.of("header", "timestamp-header")) {
            if (!Headers.isName(chosen.valueOr(name, "none"))) {
                throw new IllegalArgumentException("." + name + " is not a header's name");
            }
        }
        return new GenericHmacScheme(chosen, parts(chosen));
    }

    private static List<String> parts(SchemeOptions options) {
        List<String> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(options.valueOr("content", "{body}"));
        while (matcher.find()) {
            String part = matcher.group();
            boolean known = !part.startsWith("{") || KNOWN.matcher(part).matches();
            if (!known || ("{timestamp}".equals(part) && options.value("timestamp-header") == null)) {
                throw new IllegalArgumentException(".content: what is " + part + " to mean?");
            }
            parts.add(part);
        }
        if (!parts.contains("{body}")) {
            throw new IllegalArgumentException(".content must contain {body}: else anybody could change it");
        }
        String timestamp = options.value("timestamp-header");
        if (timestamp != null
                && !parts.contains("{timestamp}")
                && parts.stream().noneMatch(part -> part.equalsIgnoreCase("{header:" + timestamp + "}"))) {
            throw new IllegalArgumentException(
                    ".content must contain {timestamp}, or .timestamp-header is of no use: anybody could change it");
        }
        return parts;
    }

    private static byte[] value(String part, SignedRequest request, @Nullable String timestamp) {
        return switch (part) {
            case "{body}" -> request.body();
            case "{timestamp}" -> bytes(String.valueOf(timestamp));
            case "{method}" -> bytes(request.method());
            case "{url}" -> bytes(request.url());
            default -> bytes(request.required(part.substring(8, part.length() - 1)));
        };
    }

    private static Instant time(String text) {
        return text.length() >= MILLIS ? unixMillis(text) : unixSeconds(text);
    }

    @Override
    public boolean signsUrl() {
        return parts.contains("{url}");
    }
}
