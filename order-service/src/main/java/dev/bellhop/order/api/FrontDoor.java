package dev.bellhop.order.api;

import dev.bellhop.chassis.Gate;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Every request comes in through a {@link Gate}. */
@Singleton
final class FrontDoor {

    private final Gate gate;

    FrontDoor(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize largestBody, Settings settings) {
        this.gate = new Gate(largestBody.asLongValue(), settings.bodyTimeout());
    }

    /** Settings. */
    @ConfigMapping(prefix = "orders.http")
    interface Settings {

        /** Time for a body to arrive, from the end of the headers; beyond it 408. */
        @WithDefault("10S")
        Duration bodyTimeout();
    }

    void register(@Observes Filters filters) {
        gate.register(filters);
    }

    void register(@Observes Router router) {
        gate.register(router);
    }
}
