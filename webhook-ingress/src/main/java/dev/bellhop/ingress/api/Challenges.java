package dev.bellhop.ingress.api;

import dev.bellhop.ingress.domain.Query;
import dev.bellhop.ingress.domain.Reply;
import dev.bellhop.ingress.domain.Source;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Set;

/** What providers ask before they send: a GET that wants an echo, or CloudEvents' handshake. */
final class Challenges {

    private static final int SECONDS = 60;

    private Challenges() {}

    /** Whether the request was such a question; if so, it is answered. */
    static boolean answered(HttpServerRequest request, Source source) {
        if (HttpMethod.OPTIONS.equals(request.method())) {
            return handshake(request, source);
        }
        if (!HttpMethod.GET.equals(request.method()) && !HttpMethod.HEAD.equals(request.method())) {
            return false;
        }
        Reply reply = reply(request, source);
        if (reply != null) {
            answer(request.response(), reply);
        }
        return reply != null;
    }

    private static @org.jspecify.annotations.Nullable Reply reply(HttpServerRequest request, Source source) {
        try {
            return source.scheme().probe(Query.of(request.uri()));
        } catch (IllegalArgumentException e) {
            // a query that cannot be decoded
            return null;
        }
    }

    static void answer(HttpServerResponse response, Reply reply) {
        response.setStatusCode(200).putHeader(HttpHeaders.CONTENT_TYPE, reply.contentType());
        response.putHeader("X-Content-Type-Options", "nosniff").end(reply.body());
    }

    /** CloudEvents HTTP webhook 1.0.2: consent is in the headers; the rate is what we allow, not what was asked for. */
    private static boolean handshake(HttpServerRequest request, Source source) {
        String origin = request.getHeader("WebHook-Request-Origin");
        Set<String> origins = source.limits().origins();
        if (origin == null || !(origins.contains(origin) || origins.contains("*"))) {
            return false;
        }
        Integer rate = source.limits().rate();
        request.response()
                .setStatusCode(200)
                .putHeader("WebHook-Allowed-Origin", origin)
                .putHeader("WebHook-Allowed-Rate", rate == null ? "*" : String.valueOf(rate * SECONDS))
                .putHeader(HttpHeaders.ALLOW, "POST")
                .end();
        return true;
    }
}
