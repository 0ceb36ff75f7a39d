package dev.bellhop.order.oidc;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Takes out of each request what Quarkus' HTTP authentication, which comes along with OIDC and which nobody here asks,
 * has left there for its failures. Quarkus REST (3.34) prepares for such a failure by making a table of all routes anew
 * for each request.
 */
@Singleton
final class UnusedHttpAuthentication {

    /** That of Quarkus' own filter, behind which it runs as the later one; Quarkus REST's is the next (199). */
    private static final int PRIORITY = 200;

    void register(@Observes Filters filters) {
        filters.register(UnusedHttpAuthentication::forget, PRIORITY);
    }

    private static void forget(RoutingContext context) {
        context.remove(QuarkusHttpUser.AUTH_FAILURE_HANDLER);
        context.next();
    }
}
