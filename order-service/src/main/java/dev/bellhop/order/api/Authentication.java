package dev.bellhop.order.api;

import dev.bellhop.order.app.ApiKeys.Unauthenticated;
import dev.bellhop.order.app.Callers;
import dev.bellhop.order.domain.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Who calls, whether the scopes of the key or token reach for what is called, and whether it calls too often. */
final class Authentication {

    private static final String SCHEME = "Bearer ";
    private static final String CALLER = Caller.class.getName();

    private final Callers callers;
    private final RateLimit rateLimit;

    Authentication(Callers callers, RateLimit rateLimit) {
        this.callers = callers;
        this.rateLimit = rateLimit;
    }

    /** Runs before the body is understood. */
    @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
    Uni<@Nullable Response> authenticate(ContainerRequestContext request, ResourceInfo resource) {
        Requires requires = resource.getResourceMethod().getAnnotation(Requires.class);
        if (requires == null) {
            return Uni.createFrom().nullItem();
        }
        String header = request.getHeaderString("Authorization");
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Uni.createFrom().failure(new Unauthenticated());
        }
        return callers.holder(bearer(header))
                .invoke(caller -> admit(request, caller, requires))
                .map(caller -> null);
    }

    private void admit(ContainerRequestContext request, Caller caller, Requires requires) {
        rateLimit.take(caller.keyId());
        if (!caller.may(requires.value())) {
            throw new Forbidden(requires.value());
        }
        request.setProperty(CALLER, caller);
    }

    private static String bearer(String header) {
        return header.substring(SCHEME.length()).strip();
    }

    /** The key or token of a call that was let in. */
    static String bearer(ContainerRequestContext request) {
        return bearer(Objects.requireNonNull(request.getHeaderString("Authorization")));
    }

    /** Whether the call was let in, here or by the console. */
    static boolean isLetIn(ContainerRequestContext request) {
        return request.getProperty(CALLER) != null;
    }

    /** Who makes this call; known for each resource method that {@link Requires} a scope. */
    static Caller caller(ContainerRequestContext request) {
        return (Caller) Objects.requireNonNull(request.getProperty(CALLER));
    }
}
