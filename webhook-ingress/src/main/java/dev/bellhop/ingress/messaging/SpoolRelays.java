package dev.bellhop.ingress.messaging;

import dev.bellhop.ingress.app.Spools;
import dev.bellhop.ingress.telemetry.IngressMetrics;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** One relay for each spool: none waits for another. */
@Singleton
final class SpoolRelays {

    private static final long EVERY_MILLIS = 200;

    private final List<SpoolRelay> relays = new ArrayList<>();

    SpoolRelays(Spools spools, Broker broker, IngressMetrics metrics) {
        spools.all()
                .forEach((source, spool) ->
                        relays.add(new SpoolRelay(source, spool, broker::publish, metrics::setAside)));
    }

    void start(@Observes StartupEvent event, Vertx vertx) {
        if (!relays.isEmpty()) {
            vertx.setPeriodic(EVERY_MILLIS, timer -> relays.forEach(SpoolRelay::relay));
        }
    }
}
