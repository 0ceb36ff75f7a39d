package dev.bellhop.ingress.api;

import dev.bellhop.ingress.app.AcceptWebhook;
import dev.bellhop.ingress.app.Receipt;
import dev.bellhop.ingress.app.Sources;
import dev.bellhop.ingress.app.WebhooksConfig;
import dev.bellhop.ingress.domain.Reason;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.Source;
import dev.bellhop.ingress.telemetry.IngressMetrics;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /webhooks/{source}}. A route of its own on the HTTP server, because a body must be bounded by its source
 * while it streams, and kept byte by byte.
 */
@Singleton
final class WebhookResource {

    private static final Logger LOG = Logger.getLogger(WebhookResource.class);
    private static final String PREFIX = "/webhooks/";
    /** How long we listen to a sender whom we have refused, so that it can read our answer before the connection ends. */
    private static final long LINGER_MILLIS = 1000;

    private final AcceptWebhook acceptWebhook;
    private final Sources sources;
    private final Clock clock;
    private final RandomGenerator random;
    private final Vertx vertx;
    private final IngressMetrics metrics;
    private final long bodyTimeoutMillis;

    WebhookResource(
            AcceptWebhook acceptWebhook,
            Sources sources,
            WebhooksConfig config,
            Clock clock,
            RandomGenerator random,
            Vertx vertx,
            IngressMetrics metrics) {
        this.acceptWebhook = acceptWebhook;
        this.sources = sources;
        this.clock = clock;
        this.random = random;
        this.vertx = vertx;
        this.metrics = metrics;
        sources.all().forEach(metrics::expect);
        this.bodyTimeoutMillis = config.bodyTimeout().toMillis();
    }

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(this::identify);
        router.route(PREFIX + "*").handler(this::receive).failureHandler(this::fail);
        router.route()
                .last()
                .handler(context -> Problems.answer(context.response(), Problems.NOT_FOUND, path(context)));
    }

    private void identify(RoutingContext context) {
        String id = RequestIds.of(context.request().getHeader(RequestIds.HEADER), random);
        context.response().putHeader(RequestIds.HEADER, id);
        context.next();
    }

    private void receive(RoutingContext context) {
        HttpServerRequest request = context.request();
        Source source = sources.named(request.path().substring(PREFIX.length()));
        Reason objection = source == null ? Reason.SOURCE_UNKNOWN : objection(request, source);
        if (source == null || objection != null) {
            refuseUnread(context, source, objection == null ? Reason.SOURCE_UNKNOWN : objection);
            return;
        }
        if (request.getHeader(HttpHeaders.EXPECT) != null) {
            request.response().writeContinue();
        }
        new BodyReader(
                        (int) declaredLength(request),
                        (int) source.maxBody().bytes(),
                        body -> accept(context, source, body),
                        reason -> refuseUnread(context, source, reason))
                .read(request, vertx, bodyTimeoutMillis);
    }

    /** What can be said before the first byte of the body. */
    private static @Nullable Reason objection(HttpServerRequest request, Source source) {
        if (!HttpMethod.POST.equals(request.method())) {
            return Reason.METHOD_NOT_ALLOWED;
        }
        if (!source.contentTypes().contains(mediaType(request.getHeader(HttpHeaders.CONTENT_TYPE), source))) {
            return Reason.CONTENT_TYPE_UNSUPPORTED;
        }
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !"identity".equalsIgnoreCase(encoding)) {
            return Reason.ENCODING_UNSUPPORTED;
        }
        long length = declaredLength(request);
        if (length < 0 && request.version() != HttpVersion.HTTP_2 && !isChunked(request)) {
            return Reason.LENGTH_MISSING;
        }
        return length > source.maxBody().bytes() ? Reason.BODY_TOO_LARGE : null;
    }

    private static String mediaType(@Nullable String contentType, Source source) {
        if (contentType == null) {
            return source.contentTypes().iterator().next();
        }
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private static boolean isChunked(HttpServerRequest request) {
        return request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }

    /** -1 if the sender announced none. The server has refused what is not a number before. */
    private static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? -1 : Long.parseLong(length);
    }

    private void accept(RoutingContext context, Source source, byte[] body) {
        HttpServerRequest request = context.request();
        SignedRequest signed = new SignedRequest(
                request.method().name(), request.uri(), request.headers()::getAll, body, clock.instant());
        long start = System.nanoTime();
        acceptWebhook
                .accept(source, signed)
                .subscribe()
                .with(receipt -> answer(context, source, receipt, start), context::fail);
    }

    private void answer(RoutingContext context, Source source, Receipt receipt, long start) {
        if (receipt instanceof Receipt.Refused refused) {
            metrics.refused(source, refused.reason());
        } else {
            metrics.accepted(source, System.nanoTime() - start);
        }
        if (context.response().closed()) {
            return;
        }
        if (receipt instanceof Receipt.Refused refused) {
            LOG.infof(
                    "webhook refused, source=%s reason=%s",
                    source.name(), refused.reason().code());
            Problems.answer(context.response(), refused.reason(), path(context));
            return;
        }
        context.response().setStatusCode(202).end();
    }

    /** Answers before the body is there, listens a little longer without keeping anything, and hangs up. */
    private void refuseUnread(RoutingContext context, @Nullable Source source, Reason reason) {
        HttpServerRequest request = context.request();
        LOG.infof("webhook refused, reason=%s", reason.code());
        if (source == null) {
            metrics.refused(reason);
        } else {
            metrics.refused(source, reason);
        }
        boolean ended = request.isEnded();
        if (!ended && request.version() != HttpVersion.HTTP_2) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        Problems.answer(context.response(), reason, path(context));
        if (!ended) {
            long timer = vertx.setTimer(LINGER_MILLIS, ignored -> hangUp(request));
            request.exceptionHandler(ignored -> vertx.cancelTimer(timer));
            request.handler(ignored -> {});
            request.endHandler(ignored -> {
                vertx.cancelTimer(timer);
                hangUp(request);
            });
            request.resume();
        }
    }

    private static void hangUp(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset();
        } else {
            request.connection().close();
        }
    }

    private void fail(RoutingContext context) {
        LOG.error("a webhook could not be handled", context.failure());
        if (!context.response().ended()) {
            Problems.answer(context.response(), Problems.INTERNAL, path(context));
        }
    }

    /** Without the query, which may hold a secret. */
    private static String path(RoutingContext context) {
        return String.valueOf(context.request().path());
    }
}
