package dev.bellhop.order.persistence;

import dev.bellhop.order.app.RelaySignals;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgSubscriber;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** LISTEN on a connection of its own, which comes back by itself. */
@Singleton
final class PostgresRelaySignals implements RelaySignals {

    private static final String CHANNEL = "outbox";
    private static final long RECONNECT_MILLIS = 1_000;

    private final Vertx vertx;
    private final PgConnectOptions options;
    private @Nullable PgSubscriber subscriber;

    PostgresRelaySignals(
            Vertx vertx,
            @ConfigProperty(name = "quarkus.datasource.reactive.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") String user,
            @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password) {
        this.vertx = vertx;
        this.options = PgConnectOptions.fromUri(url.replaceFirst("^vertx-reactive:", ""))
                .setUser(user)
                .setPassword(password.orElse(""));
    }

    @Override
    public void onChange(Runnable ring) {
        PgSubscriber listening = PgSubscriber.subscriber(vertx, options);
        listening.reconnectPolicy(attempt -> RECONNECT_MILLIS);
        listening.channel(CHANNEL).handler(notification -> ring.run());
        // Until it is connected, and whenever it is not, the sweep finds what there is.
        listening.connect().onFailure(failure -> vertx.setTimer(RECONNECT_MILLIS, again -> onChange(ring)));
        subscriber = listening;
    }

    void stop(@Observes ShutdownEvent stopping) {
        PgSubscriber listening = subscriber;
        if (listening != null) {
            listening.close();
        }
    }
}
