package dev.bellhop.order.console;

import dev.bellhop.order.app.ApiKeys;
import dev.bellhop.order.app.ApiKeys.Unauthenticated;
import dev.bellhop.order.app.ConsoleSessions;
import dev.bellhop.order.domain.Caller;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** The door: an operator's key opens a session, and logging out ends it. */
@Cancellable(false)
@Path("/console")
@Produces(MediaType.TEXT_HTML)
final class LoginResource {

    static final String COOKIE = "bellhop_console";

    private static final Logger LOG = Logger.getLogger(LoginResource.class);

    private final ApiKeys keys;
    private final ConsoleSessions sessions;
    private final LoginLimit limit;
    private final ConsoleConfig config;

    LoginResource(ApiKeys keys, ConsoleSessions sessions, LoginLimit limit, ConsoleConfig config) {
        this.keys = keys;
        this.sessions = sessions;
        this.limit = limit;
        this.config = config;
    }

    @GET
    @Path("/login")
    @Open
    public TemplateInstance form(@QueryParam("to") @Nullable String to) {
        return Pages.login(Links.inside(to), null, null);
    }

    @POST
    @Path("/login")
    @Open
    public Uni<Response> enter(
            @Context ContainerRequestContext request,
            @Context HttpServerRequest connection,
            @RestForm @Nullable String key,
            @RestForm @Nullable String to) {
        Unsent unsent = Unsent.carried(request);
        if (!limit.take(connection.remoteAddress().hostAddress())) {
            return page(429, to, unsent, "Too many attempts. Wait a few seconds.");
        }
        return keys.holder(key == null ? "" : key.strip())
                .chain(caller -> caller.isOperator()
                        ? opened(caller, to, unsent)
                        : page(403, to, unsent, "This key may not see the console: it lacks the scope operator."))
                .onFailure(Unauthenticated.class)
                .recoverWithUni(unknown -> page(401, to, unsent, "Nobody holds this key."));
    }

    private Uni<Response> opened(Caller caller, @Nullable String to, @Nullable Unsent unsent) {
        LOG.infof("console session opened keyId=%s", caller.keyId());
        return sessions.open(caller, config.session()).chain(id -> {
            Uni<Response> next = unsent == null
                    ? Uni.createFrom().item(Links.see(Links.inside(to)))
                    : Pages.again(Frame.of(new Visit(caller, id), "Not sent yet", ""), unsent)
                            .createUni()
                            .map(html -> Response.ok(html).build());
            return next.map(response -> Response.fromResponse(response)
                    .cookie(cookie(id, config.session()))
                    .build());
        });
    }

    private Uni<Response> page(int status, @Nullable String to, @Nullable Unsent unsent, String message) {
        return Pages.login(Links.inside(to), unsent, message).createUni().map(html -> {
            Response.ResponseBuilder response = Response.status(status).entity(html);
            return status == 429 ? response.header("Retry-After", 3).build() : response.build();
        });
    }

    @POST
    @Path("/logout")
    @Form
    public Uni<Response> leave(@Context ContainerRequestContext request) {
        return sessions.close(Visit.of(request).sessionId())
                .replaceWith(() -> Response.fromResponse(Links.see("/console/login"))
                        .cookie(cookie("", Duration.ZERO))
                        .build());
    }

    private NewCookie cookie(String id, Duration life) {
        return new NewCookie.Builder(COOKIE)
                .value(id)
                .path("/console")
                .maxAge((int) life.toSeconds())
                .httpOnly(true)
                .secure(config.secureCookie())
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }
}
