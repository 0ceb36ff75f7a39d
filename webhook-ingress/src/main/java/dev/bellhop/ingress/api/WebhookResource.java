package dev.bellhop.ingress.api;

import dev.bellhop.ingress.app.AcceptWebhook;
import dev.bellhop.ingress.app.InFlight;
import dev.bellhop.ingress.app.Receipt;
import dev.bellhop.ingress.app.Sources;
import dev.bellhop.ingress.app.WebhooksConfig;
import dev.bellhop.ingress.domain.Reason;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.Source;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * {@code POST /webhooks/{source}}. A route of its own on the HTTP server, because a body must be bounded by its source
 * while it streams, and kept byte by byte.
 */
@Singleton
final class WebhookResource {

    private static final String PREFIX = "/webhooks/";

    private final AcceptWebhook acceptWebhook;
    private final Sources sources;
    private final Admission admission;
    private final InFlight inFlight;
    private final Receipts receipts;
    private final Clock clock;
    private final Vertx vertx;
    /** One for each event loop. */
    private final ThreadLocal<BodyDeadlines> deadlines;

    WebhookResource(
            AcceptWebhook acceptWebhook,
            Sources sources,
            Admission admission,
            InFlight inFlight,
            Receipts receipts,
            WebhooksConfig config,
            Clock clock,
            Vertx vertx) {
        this.acceptWebhook = acceptWebhook;
        this.sources = sources;
        this.admission = admission;
        this.inFlight = inFlight;
        this.receipts = receipts;
        this.clock = clock;
        this.vertx = vertx;
        long bodyTimeoutMillis = config.bodyTimeout().toMillis();
        this.deadlines = ThreadLocal.withInitial(() -> new BodyDeadlines(vertx, bodyTimeoutMillis));
    }

    void register(@Observes Router router) {
        router.route(PREFIX + "*").handler(this::receive).failureHandler(receipts::fail);
    }

    private void receive(RoutingContext context) {
        HttpServerRequest request = context.request();
        // The router takes /webhooks for a path below itself.
        String path = request.path();
        Source source = path.startsWith(PREFIX) ? sources.named(path.substring(PREFIX.length())) : null;
        if (source == null) {
            receipts.refuseUnread(context, null, Reason.SOURCE_UNKNOWN);
            return;
        }
        Reason objection = admission.objection(request, source);
        if (objection == Reason.METHOD_NOT_ALLOWED && Challenges.answered(request, source)) {
            return;
        }
        long declared = Admission.declaredLength(request);
        int most = (int) (declared >= 0 ? declared : source.limits().maxBody().bytes());
        // What did not come takes up next to nothing: else a few idle connections would leave no room for others.
        InFlight.Place place = objection == null ? inFlight.enter(Math.min(most, BodyReader.FIRST)) : null;
        if (place == null) {
            receipts.refuseUnread(context, source, objection == null ? Reason.OVERLOADED : objection);
            return;
        }
        context.addEndHandler(ignored -> place.leave());
        read(context, source, most, place);
    }

    private void read(RoutingContext context, Source source, int most, InFlight.Place place) {
        HttpServerRequest request = context.request();
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))
                && request.version() != HttpVersion.HTTP_1_0) {
            request.response().writeContinue();
        }
        int limit = (int) source.limits().maxBody().bytes();
        Consumer<byte[]> whole = body -> accept(context, source, body);
        Consumer<Reason> refused = reason -> receipts.refuseUnread(context, source, reason);
        Consumer<byte[]> inflate = body -> {
            if (place.grow(limit)) {
                Gzip.inflate(body, limit, whole, refused);
            } else {
                refused.accept(Reason.OVERLOADED);
            }
        };
        new BodyReader(most, place::grow, Admission.isGzip(request) ? inflate : whole, refused)
                .read(request, deadlines.get());
    }

    private void accept(RoutingContext context, Source source, byte[] body) {
        HttpServerRequest request = context.request();
        SignedRequest signed = new SignedRequest(
                request.method().name(),
                request.uri(),
                source.publicUrl(),
                new ReceivedHeaders(request.headers()),
                body,
                clock.instant());
        long start = System.nanoTime();
        accepted(source, signed)
                .subscribe()
                .with(receipt -> receipts.answer(context, source, receipt, start), context::fail);
    }

    /** A scheme that may wait does so on a worker thread; the answer comes back to this event loop. */
    private Uni<Receipt> accepted(Source source, SignedRequest signed) {
        if (!source.scheme().mayWait()) {
            return acceptWebhook.accept(source, signed);
        }
        Context here = vertx.getOrCreateContext();
        return Uni.createFrom()
                .deferred(() -> acceptWebhook.accept(source, signed))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .emitOn(task -> here.runOnContext(ignored -> task.run()));
    }
}
