package dev.bellhop.gateway.api;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * PostgreSQL's text knows no NUL and refuses even to look for one, so nothing has a name with one. In a path it leads where
 * any unknown id leads, in a query it is refused.
 */
final class NoNul {

    private static final String NUL = "%00";
    /** U+FFFD, in place of whatever is escaped: this path is decoded once more than others. */
    private static final String UNKNOWN = "%EF%BF%BD";

    @ServerRequestFilter(preMatching = true)
    void look(ContainerRequestContext request, HttpServerRequest http) {
        if (!http.uri().contains(NUL)) {
            return;
        }
        URI asked = URI.create(http.uri());
        if (asked.getRawQuery() != null && asked.getRawQuery().contains(NUL)) {
            throw new BadRequest("validation_failed", "the query has a NUL");
        }
        request.setRequestUri(URI.create(http.uri().replaceAll("%\\p{XDigit}{2}", UNKNOWN)));
    }
}
