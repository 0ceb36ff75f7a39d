package dev.bellhop.ingress.api;

import dev.bellhop.ingress.app.WebhooksConfig;
import dev.bellhop.ingress.domain.AddressRange;
import dev.bellhop.ingress.domain.Reason;
import dev.bellhop.ingress.domain.Source;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What can be said about a delivery before the first byte of its body. */
@Singleton
final class Admission {

    private final List<AddressRange> trustedProxies;

    Admission(WebhooksConfig config) {
        this.trustedProxies = config.trustedProxies().orElse(List.of());
    }

    /** Null if the body may come. */
    @Nullable
    Reason objection(HttpServerRequest request, Source source) {
        Source.Limits limits = source.limits();
        if (!limits.addresses().isEmpty() && !isWithin(limits.addresses(), sender(request))) {
            return Reason.ADDRESS_REFUSED;
        }
        if (!HttpMethod.POST.equals(request.method())) {
            return Reason.METHOD_NOT_ALLOWED;
        }
        List<String> contentTypes = request.headers().getAll(HttpHeaders.CONTENT_TYPE);
        if (contentTypes.size() > 1
                || (!contentTypes.isEmpty() && !limits.contentTypes().contains(mediaType(contentTypes.get(0))))) {
            return Reason.CONTENT_TYPE_UNSUPPORTED;
        }
        if (request.headers().contains(HttpHeaders.CONTENT_ENCODING) && !isReadable(request, limits)) {
            return Reason.ENCODING_UNSUPPORTED;
        }
        long length = declaredLength(request);
        if (length < 0 && request.version() != HttpVersion.HTTP_2 && !isChunked(request)) {
            return Reason.LENGTH_MISSING;
        }
        return length > limits.maxBody().bytes() ? Reason.BODY_TOO_LARGE : null;
    }

    /** -1 if the sender announced none. The server has refused what is not a number before. */
    static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? -1 : Long.parseLong(length);
    }

    private static boolean isReadable(HttpServerRequest request, Source.Limits limits) {
        List<String> encodings = request.headers().getAll(HttpHeaders.CONTENT_ENCODING);
        return encodings.size() == 1
                && ("identity".equalsIgnoreCase(encodings.get(0)) || (limits.gzip() && isGzip(request)));
    }

    /** Whether the body is compressed; once admitted, the source takes that. */
    static boolean isGzip(HttpServerRequest request) {
        return "gzip".equalsIgnoreCase(request.getHeader(HttpHeaders.CONTENT_ENCODING));
    }

    private static String mediaType(String contentType) {
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private static boolean isChunked(HttpServerRequest request) {
        return request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }

    /** The peer; or, as far as we trust the proxies in between, whom they name: the last one that is no proxy of ours. */
    private String sender(HttpServerRequest request) {
        String sender = request.remoteAddress().hostAddress();
        List<String> named = request.headers().getAll("X-Forwarded-For");
        List<String> hops =
                named.isEmpty() ? named : List.of(String.join(",", named).split(",", -1));
        for (int i = hops.size() - 1; i >= 0 && isWithin(trustedProxies, sender); i--) {
            sender = hops.get(i).strip();
        }
        return sender;
    }

    private static boolean isWithin(List<AddressRange> ranges, String address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }
}
