package dev.bellhop.gateway.api;

import dev.bellhop.gateway.app.ApiKeys;
import dev.bellhop.gateway.app.ApiKeys.Unauthenticated;
import dev.bellhop.gateway.domain.Caller;
import dev.bellhop.gateway.domain.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Who calls, and whether the key's scopes reach for what is called. Runs before the body is understood. */
final class Authentication {

    private static final String SCHEME = "Bearer ";

    private final ApiKeys keys;

    Authentication(ApiKeys keys) {
        this.keys = keys;
    }

    @ServerRequestFilter
    Uni<@Nullable Response> authenticate(ContainerRequestContext request, ResourceInfo resource) {
        Requires requires = resource.getResourceMethod().getAnnotation(Requires.class);
        if (requires == null) {
            return Uni.createFrom().nullItem();
        }
        return keys.holder(key(request))
                .invoke(caller -> admit(request, caller, requires.value()))
                .map(caller -> null);
    }

    /** The key alone, however the header is written. Fails with {@link Unauthenticated}. */
    static String key(ContainerRequestContext request) {
        String header = request.getHeaderString("Authorization");
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new Unauthenticated();
        }
        return header.substring(SCHEME.length()).strip();
    }

    private static void admit(ContainerRequestContext request, Caller caller, Scope needed) {
        if (!caller.may(needed)) {
            throw new Forbidden(needed);
        }
        Calls.remember(request, caller);
    }
}
