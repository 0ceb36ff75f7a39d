package dev.bellhop.order.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Which methods a path knows, to who asks: the framework counts those of other paths that begin alike, and not all of these. */
final class Options {

    @ServerResponseFilter
    void answered(ContainerRequestContext request, ContainerResponseContext response) {
        String allow = request.getMethod().equals("OPTIONS")
                ? ApiDescription.allowed(request.getUriInfo().getPath())
                : "";
        if (!allow.isEmpty()) {
            response.getHeaders().putSingle("Allow", allow);
        }
    }
}
