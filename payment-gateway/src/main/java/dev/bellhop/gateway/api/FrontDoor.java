package dev.bellhop.gateway.api;

import dev.bellhop.chassis.Gate;
import dev.bellhop.chassis.IdleConnections;
import io.netty.channel.EventLoopGroup;
import io.quarkus.netty.MainEventLoopGroup;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Every request comes in through a {@link Gate}; who has none and does not go is sent away. */
@Singleton
final class FrontDoor {

    private final Gate gate;
    private final IdleConnections idleConnections;

    FrontDoor(
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize largestBody,
            @ConfigProperty(name = "quarkus.http.idle-timeout") Duration idleTimeout,
            Settings settings) {
        this.gate = new Gate(largestBody.asLongValue(), settings.bodyTimeout());
        this.idleConnections = new IdleConnections(idleTimeout);
    }

    /** Settings. */
    @ConfigMapping(prefix = "gateway.http")
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

    void register(@Observes ManagementInterface management) {
        idleConnections.register(management);
    }

    void start(@Observes StartupEvent event, @MainEventLoopGroup EventLoopGroup loops) {
        idleConnections.start(loops);
    }
}
