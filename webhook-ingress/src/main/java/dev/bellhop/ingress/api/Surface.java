package dev.bellhop.ingress.api;

import dev.bellhop.chassis.Gate;
import dev.bellhop.chassis.IdleConnections;
import dev.bellhop.chassis.PipelinedRequests;
import dev.bellhop.ingress.app.InFlight;
import dev.bellhop.ingress.app.Sources;
import dev.bellhop.ingress.domain.Reason;
import dev.bellhop.ingress.telemetry.IngressMetrics;
import io.netty.channel.EventLoopGroup;
import io.quarkus.netty.MainEventLoopGroup;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What holds for every path: each response has a request id, headers are bounded, and what is nowhere is a problem document. */
@Singleton
final class Surface {

    private final RandomGenerator random;
    private final IdleConnections idleConnections;
    private final Receipts receipts;
    private final long mostTarget;
    private final long mostHeaders;

    Surface(
            RandomGenerator random,
            Receipts receipts,
            HttpConfig config,
            Sources sources,
            InFlight inFlight,
            IngressMetrics metrics) {
        this.random = random;
        this.idleConnections = new IdleConnections(config.headerTimeout());
        this.receipts = receipts;
        this.mostTarget = config.maxTarget().bytes();
        this.mostHeaders = config.maxHeaders().bytes();
        sources.all().forEach(metrics::expect);
        metrics.watch(inFlight::deliveries, inFlight::bytes);
    }

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(this::identify).failureHandler(this::refuseMalformed);
        router.route()
                .last()
                .handler(context -> Problems.answer(
                        context.response(),
                        Problems.NOT_FOUND,
                        String.valueOf(context.request().path())));
    }

    void register(@Observes ManagementInterface management) {
        idleConnections.register(management);
    }

    void start(@Observes StartupEvent event, @MainEventLoopGroup EventLoopGroup loops) {
        idleConnections.start(loops);
    }

    /** What the router itself refuses (RFC 9112 3.2), before any handler has seen it. */
    private void refuseMalformed(RoutingContext context) {
        if (context.statusCode() == 400) {
            name(context);
            receipts.refuseUnread(context, null, Reason.REQUEST_MALFORMED);
        } else {
            context.next();
        }
    }

    private void name(RoutingContext context) {
        HttpServerRequest request = context.request();
        context.response().putHeader(RequestIds.HEADER, RequestIds.of(request.getHeader(RequestIds.HEADER), random));
    }

    private void identify(RoutingContext context) {
        HttpServerRequest request = context.request();
        PipelinedRequests.begin(request);
        name(context);
        Reason objection = objection(request);
        if (objection == null) {
            context.next();
        } else {
            receipts.refuseUnread(context, null, objection);
        }
    }

    private @Nullable Reason objection(HttpServerRequest request) {
        if (request.headers().getAll(HttpHeaders.HOST).size() > 1
                || isCodedOtherwise(request)
                || !Gate.isUri(request.uri())) {
            return Reason.REQUEST_MALFORMED;
        }
        if (request.uri().length() > mostTarget) {
            return Reason.TARGET_TOO_LONG;
        }
        return Gate.size(request.headers()) > mostHeaders ? Reason.HEADERS_TOO_LARGE : null;
    }

    /** Than in chunks: the server takes such a body for none, and what is in it for another request. */
    private static boolean isCodedOtherwise(HttpServerRequest request) {
        List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        return codings.size() > 1 || (codings.size() == 1 && !"chunked".equalsIgnoreCase(codings.get(0)));
    }
}
