package dev.bellhop.chassis;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Once this process is going, its answers tell clients that keep a connection to open the next one elsewhere. When the
 * delay ends nobody is cut off in the middle of a call.
 */
@Singleton
final class Draining {

    private static final int EARLY = 1000;

    private volatile boolean going;

    void begin(@Observes ShutdownDelayInitiatedEvent event) {
        going = true;
    }

    void register(@Observes Filters filters) {
        filters.register(this::announce, EARLY);
    }

    private void announce(RoutingContext context) {
        context.addHeadersEndHandler(ignored -> {
            if (going && context.request().version() == HttpVersion.HTTP_2) {
                // GOAWAY: what is under way is answered, then the connection ends
                context.request().connection().shutdown();
            } else if (going) {
                context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            }
        });
        context.next();
    }
}
