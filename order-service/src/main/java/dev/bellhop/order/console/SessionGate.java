package dev.bellhop.order.console;

import dev.bellhop.order.app.ConsoleSessions;
import dev.bellhop.order.domain.Caller;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Method;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.WithFormRead;
import org.jspecify.annotations.Nullable;

/** Lets operators with a session in, and sends everybody else to the door. What a form had in it is not lost by that. */
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
        Method method = resource.getResourceMethod();
        if (method.isAnnotationPresent(Open.class)) {
            return Uni.createFrom().nullItem();
        }
        return visit(request).chain(visit -> {
            if (visit != null) {
                visit.attach(request);
            }
            return visit != null || method.isAnnotationPresent(Form.class)
                    ? Uni.createFrom().nullItem()
                    : toTheDoor(request);
        });
    }

    /** Runs when the form has been read, with a session or without. */
    @ServerRequestFilter(priority = Priorities.AUTHORIZATION)
    @WithFormRead
    @Form
    Uni<@Nullable Response> check(ContainerRequestContext request) {
        Visit visit = Visit.find(request);
        if (visit != null && visit.made(Unsent.token())) {
            return Uni.createFrom().nullItem();
        }
        Unsent unsent = Unsent.of(request);
        if (visit != null && unsent != null) {
            return page(403, Pages.again(Frame.of(visit, "Not sent yet", ""), unsent));
        }
        if (visit != null) {
            throw new Refused(403, "This form is not from your session", "Open the page again and repeat the action.");
        }
        return unsent == null
                ? toTheDoor(request)
                : page(
                        401,
                        Pages.login(
                                Links.HOME, unsent, "Your session has ended, and nothing was done. Log in to go on."));
    }

    /** Also for the login, which has no session yet that a token could belong to. Browsers say where a form came from. */
    private static void sameSite(ContainerRequestContext request) {
        String site = request.getHeaderString("Sec-Fetch-Site");
        if (request.getMethod().equals("POST") && site != null && !site.equals("same-origin")) {
            throw new Refused(403, "This form came from another site", "Nothing was done.");
        }
    }

    private Uni<@Nullable Visit> visit(ContainerRequestContext request) {
        String id = sessionId(request);
        return id == null
                ? Uni.createFrom().nullItem()
                : sessions.holder(id).map(holder -> holder.filter(Caller::isOperator)
                        .map(caller -> new Visit(caller, id))
                        .orElse(null));
    }

    static @Nullable String sessionId(ContainerRequestContext request) {
        Cookie cookie = request.getCookies().get(LoginResource.COOKIE);
        return cookie != null && ID.matcher(cookie.getValue()).matches() ? cookie.getValue() : null;
    }

    private static Uni<@Nullable Response> toTheDoor(ContainerRequestContext request) {
        if (request.getHeaderString("HX-Request") != null) {
            String address = request.getHeaderString("HX-Current-URL");
            String shown = address == null ? null : address.replaceFirst("^https?://[^/]*", "");
            return LastWord.of(Pages.sessionEnded(Links.login(Links.inside(shown))));
        }
        String to = request.getMethod().equals("GET") ? Links.asked(request) : Links.HOME;
        return Uni.createFrom().item(Links.see(Links.login(to)));
    }

    private static Uni<@Nullable Response> page(int status, TemplateInstance page) {
        return page.createUni().map(html -> Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
                .entity(html)
                .build());
    }
}
