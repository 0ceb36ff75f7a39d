package dev.bellhop.order.api;

import dev.bellhop.order.app.OrderFeed;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Once this process is going, its answers tell clients that keep a connection to open the next one elsewhere, and streams
 * end. When the delay is over nobody is cut off in the middle of a call, and no stream is waited for.
 */
@Singleton
final class Draining {

    private static final int EARLY = 1000;

    private final OrderFeed feed;
    private volatile boolean going;

    Draining(OrderFeed feed) {
        this.feed = feed;
    }

    void begin(@Observes ShutdownDelayInitiatedEvent event) {
        going = true;
        feed.close();
    }

    void register(@Observes Filters filters) {
        filters.register(this::announce, EARLY);
    }

    private void announce(RoutingContext context) {
        context.addHeadersEndHandler(ignored -> {
            if (going && context.request().version() != HttpVersion.HTTP_2) {
                context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            }
        });
        context.next();
    }
}
