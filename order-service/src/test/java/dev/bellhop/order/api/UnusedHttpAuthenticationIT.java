package dev.bellhop.order.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
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
                        if (context.get(QuarkusHttpUser.AUTH_FAILURE_HANDLER) != null) {
                            prepared.incrementAndGet();
                        }
                        context.next();
                    },
                    1);
        }
    }

    @Inject
    Looks looks;

    @Test
    void no_request_is_prepared_for_a_failure_that_cannot_be() {
        int before = looks.requests.get();

        Shop.as(TestKeys.ALICE).get("/orders?limit=1").then().statusCode(200);

        assertThat(looks.requests.get()).isGreaterThan(before);
        assertThat(looks.prepared).hasValue(0);
    }
}
