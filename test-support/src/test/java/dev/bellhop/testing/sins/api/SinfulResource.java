package dev.bellhop.testing.sins.api;

import dev.bellhop.testing.sins.persistence.Row;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Knows another adapter, hides an endpoint, maps an exception. */
@Path("/sins")
final class SinfulResource {

    @GET
    String hidden() {
        return new Row().getClass().getName();
    }

    @ServerExceptionMapper
    String map(IllegalStateException e) {
        return String.valueOf(e.getMessage());
    }
}
