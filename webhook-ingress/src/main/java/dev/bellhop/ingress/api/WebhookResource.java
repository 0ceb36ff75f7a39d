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
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

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
        Consumer<byte[]> whole = body -> accept(context, source, place, body);
        Consumer<byte[]> zipped = body -> inflate(context, source, place, body);
        Consumer<Reason> refused = reason -> receipts.refuseUnread(context, source, reason);
        new BodyReader(most, place::grow, Admission.isGzip(request) ? zipped : whole, refused)
                .read(request, deadlines.get());
    }

    private void accept(RoutingContext context, Source source, InFlight.Place place, byte[] body) {
        SignedRequest signed = signed(context, source, body);
        Supplier<Uni<Receipt>> accepted = () -> acceptWebhook.accept(source, signed);
        answer(context, source, source.scheme().mayWait() ? onWorker(source, place, accepted) : accepted);
    }

    /** Little may hold very much, and nobody has proven yet who sent it. */
    private void inflate(RoutingContext context, Source source, InFlight.Place place, byte[] zipped) {
        int limit = Gzip.most(zipped, (int) source.limits().maxBody().bytes());
        long most = 2L * limit;
        if (!place.grow(most)) {
            receipts.refuseUnread(context, source, Reason.OVERLOADED);
            return;
        }
        Function<byte[], Uni<Receipt>> whole = body -> {
            place.shrink(most - body.length);
            return acceptWebhook.accept(source, signed(context, source, body));
        };
        Function<Reason, Uni<Receipt>> refused = reason -> Uni.createFrom().item(new Receipt.Refused(reason));
        Supplier<Uni<Receipt>> accepted = () -> Gzip.inflate(zipped, limit, whole, refused);
        answer(context, source, onWorker(source, place, accepted));
    }

    private SignedRequest signed(RoutingContext context, Source source, byte[] body) {
        HttpServerRequest request = context.request();
        return new SignedRequest(
                request.method().name(),
                request.uri(),
                source.publicUrl(),
                new ReceivedHeaders(request.headers()),
                body,
                clock.instant());
    }

    private void answer(RoutingContext context, Source source, Supplier<Uni<Receipt>> accepted) {
        long start = System.nanoTime();
        accepted.get().subscribe().with(receipt -> receipts.answer(context, source, receipt, start), context::fail);
    }

    /**
     * The answer comes back to this event loop. Unless it may wait, work is done one at a time for each loop: beside a whole
     * pool of threads the loops would get little of the processors.
     */
    private Supplier<Uni<Receipt>> onWorker(Source source, InFlight.Place place, Supplier<Uni<Receipt>> work) {
        Context here = vertx.getOrCreateContext();
        Executor inTurn = task -> here.executeBlocking(Executors.callable(task));
        place.hold();
        return () -> Uni.createFrom()
                .<Receipt>deferred(work::get)
                .runSubscriptionOn(source.scheme().mayWait() ? Infrastructure.getDefaultWorkerPool() : inTurn)
                .emitOn(task -> here.runOnContext(ignored -> task.run()))
                .onTermination()
                .invoke(place::leave);
    }
}
