package dev.bellhop.order.console;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** What browsers are told about every answer below /console: run no code but ours, show us in no frame, keep no page. */
@Singleton
final class Guard {

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    void register(@Observes Filters filters) {
        filters.register(Guard::enter, 900);
    }

    private static void enter(RoutingContext context) {
        String path = context.normalizedPath();
        if (path.equals("/console") || path.startsWith("/console/")) {
            MultiMap headers = context.response().headers();
            headers.set("Content-Security-Policy", POLICY)
                    .set("X-Frame-Options", "DENY")
                    .set("X-Content-Type-Options", "nosniff")
                    .set("Referrer-Policy", "same-origin")
                    .set("Cross-Origin-Opener-Policy", "same-origin")
                    .set("Cross-Origin-Resource-Policy", "same-origin");
            if (!path.startsWith("/console/assets/")) {
                headers.set("Cache-Control", "no-store");
            }
        }
        context.next();
    }
}
