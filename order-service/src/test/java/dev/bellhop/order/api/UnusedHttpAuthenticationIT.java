package dev.bellhop.order.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiProfile.class)
class UnusedHttpAuthenticationIT {

    /** Looks at requests just before they are routed. */
    @Singleton
    static class Looks {

        private final AtomicInteger requests = new AtomicInteger();
        private final AtomicInteger prepared = new AtomicInteger();

        void register(@Observes Filters filters) {
            filters.register(
                    context -> {
                        requests.incrementAndGet();
                        if (routeOf(context) != null) {
                            prepared.incrementAndGet();
                        }
                        context.next();
                    },
                    1);
        }
    }

    /** What Quarkus found out about it before it routed it. */
    private static @Nullable String routeOf(RoutingContext context) {
        return ((HttpServerRequestInternal) context.request()).context().getLocal("UrlPathTemplate");
    }

    @Inject
    Looks looks;

    @Test
    void no_request_is_looked_up_in_the_routes_before_it_is_routed() {
        int before = looks.requests.get();

        Shop.as(TestKeys.ALICE).get("/orders?limit=1").then().statusCode(200);

        assertThat(looks.requests.get()).isGreaterThan(before);
        assertThat(looks.prepared).hasValue(0);
    }
}
