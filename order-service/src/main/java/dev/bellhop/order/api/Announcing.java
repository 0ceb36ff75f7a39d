package dev.bellhop.order.api;

import dev.bellhop.order.app.RelaySignals;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Wakes the relay after every call that may have changed something: by then its transaction is committed. */
final class Announcing {

    private final RelaySignals signals;

    Announcing(RelaySignals signals) {
        this.signals = signals;
    }

    @ServerResponseFilter
    public void answered(ContainerRequestContext request) {
        String method = request.getMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            signals.ring();
        }
    }
}
