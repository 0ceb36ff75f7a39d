package dev.bellhop.order.api;

import dev.bellhop.order.app.RelaySignals;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Wakes the relay after every call that may have changed something: by then its transaction is committed. Who was not let in, or
 * refused (4xx), has written nothing to the outbox. What failed (5xx) may have, and is left to the sweep: while the database takes
 * nothing, each call would wake the relay to fail as well.
 */
final class Announcing {

    private final RelaySignals signals;

    Announcing(RelaySignals signals) {
        this.signals = signals;
    }

    @ServerResponseFilter
    public void answered(ContainerRequestContext request, ContainerResponseContext response) {
        String method = request.getMethod();
        boolean hasFailed = response.getStatus() >= Response.Status.BAD_REQUEST.getStatusCode();
        if (!method.equals("GET") && !method.equals("HEAD") && Authentication.isLetIn(request) && !hasFailed) {
            signals.ring();
        }
    }
}
