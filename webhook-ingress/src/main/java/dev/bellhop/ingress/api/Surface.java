package dev.bellhop.ingress.api;

import dev.bellhop.ingress.app.InFlight;
import dev.bellhop.ingress.app.Sources;
import dev.bellhop.ingress.telemetry.IngressMetrics;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.random.RandomGenerator;

/** What holds for every path: each response has a request id, and what is nowhere is a problem document. */
@Singleton
final class Surface {

    private final RandomGenerator random;

    Surface(RandomGenerator random, Sources sources, InFlight inFlight, IngressMetrics metrics) {
        this.random = random;
        sources.all().forEach(metrics::expect);
        metrics.watch(inFlight::deliveries, inFlight::bytes);
    }

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(this::identify);
        router.route()
                .last()
                .handler(context -> Problems.answer(
                        context.response(),
                        Problems.NOT_FOUND,
                        String.valueOf(context.request().path())));
    }

    private void identify(RoutingContext context) {
        String id = RequestIds.of(context.request().getHeader(RequestIds.HEADER), random);
        context.response().putHeader(RequestIds.HEADER, id);
        context.next();
    }
}
