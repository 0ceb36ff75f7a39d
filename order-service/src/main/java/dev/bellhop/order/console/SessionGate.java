package dev.bellhop.order.console;

import dev.bellhop.order.app.ConsoleSessions;
import dev.bellhop.order.domain.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Lets operators with a session in, and sends everybody else to the door. */
final class SessionGate {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

    private final ConsoleSessions sessions;

    SessionGate(ConsoleSessions sessions) {
        this.sessions = sessions;
    }

    /** Runs before the body is understood. */
    @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
    Uni<@Nullable Response> admit(ContainerRequestContext request, ResourceInfo resource) {
        if (resource.getResourceClass().getPackage() != SessionGate.class.getPackage()) {
            return Uni.createFrom().nullItem();
        }
        sameSite(request);
        if (resource.getResourceMethod().isAnnotationPresent(Open.class)) {
            return Uni.createFrom().nullItem();
        }
        String id = sessionId(request);
        if (id == null) {
            return Uni.createFrom().item(toTheDoor(request));
        }
        return sessions.holder(id).map(holder -> enter(request, id, holder));
    }

    /** Also for the login, which has no session yet that a token could belong to. Browsers say where a form came from. */
    private static void sameSite(ContainerRequestContext request) {
        String site = request.getHeaderString("Sec-Fetch-Site");
        if (request.getMethod().equals("POST") && site != null && !site.equals("same-origin")) {
            throw new Refused(403, "This form came from another site", "Nothing was done.");
        }
    }

    private static @Nullable Response enter(ContainerRequestContext request, String id, Optional<Caller> holder) {
        if (holder.isEmpty() || !holder.get().isOperator()) {
            return toTheDoor(request);
        }
        new Visit(holder.get(), id).attach(request);
        return null;
    }

    static @Nullable String sessionId(ContainerRequestContext request) {
        Cookie cookie = request.getCookies().get(LoginResource.COOKIE);
        return cookie != null && ID.matcher(cookie.getValue()).matches() ? cookie.getValue() : null;
    }

    private static Response toTheDoor(ContainerRequestContext request) {
        if (request.getHeaderString("HX-Request") != null) {
            return Response.status(401).header("HX-Redirect", "/console/login").build();
        }
        boolean asked = request.getMethod().equals("GET");
        String back = asked ? request.getUriInfo().getRequestUri().getRawPath() : "/console";
        String query = asked ? request.getUriInfo().getRequestUri().getRawQuery() : null;
        String to = query == null ? back : back + "?" + query;
        return Links.see("/console/login?to=" + URLEncoder.encode(to, StandardCharsets.UTF_8));
    }
}
