package dev.bellhop.order.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.bellhop.order.app.ApiKeys;
import dev.bellhop.order.app.ApiKeys.ApiKey;
import dev.bellhop.order.app.ApiKeys.NewKey;
import dev.bellhop.order.app.ApiKeys.NoSuchKey;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.domain.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Operators make, list, rotate and revoke API keys here. A key is shown once. */
@Cancellable(false)
@Path("/api-keys")
@Produces(MediaType.APPLICATION_JSON)
final class ApiKeyResource {

    private final ApiKeys keys;

    ApiKeyResource(ApiKeys keys) {
        this.keys = keys;
    }

    /** What an operator sends. */
    record KeyRequest(
            @NotNull @Pattern(regexp = Ids.FORM, message = Ids.MESSAGE) String owner,
            @NotNull @Size(min = 1, max = 4) Set<@NotNull String> scopes) {

        Set<Scope> reach() {
            try {
                return scopes.stream().map(Scope::of).collect(Collectors.toSet());
            } catch (IllegalArgumentException e) {
                throw new Rejected("unknown_scope", String.valueOf(e.getMessage()));
            }
        }
    }

    /** What an operator sees; {@code key} only when it was just made. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record KeyView(
            String keyId,
            String owner,
            List<String> scopes,
            Instant createdAt,
            @Nullable Instant revokedAt,
            @Nullable String key) {

        static KeyView of(ApiKey about, @Nullable String key) {
            List<String> scopes =
                    about.scopes().stream().map(Scope::word).sorted().toList();
            return new KeyView(about.keyId(), about.owner(), scopes, about.createdAt(), about.revokedAt(), key);
        }

        @Override
        public String toString() {
            return "KeyView[" + keyId + "]";
        }
    }

    /** Every key, newest first; fewer only to who asks for a limit. */
    @GET
    @Requires(Scope.OPERATOR)
    public Uni<Page<KeyView>> all(
            @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable String limit) {
        return keys.all().map(found -> {
            List<KeyView> all =
                    found.stream().map(about -> KeyView.of(about, null)).toList();
            return Page.of(all, cursor, limit, KeyView::keyId);
        });
    }

    @POST
    @Requires(Scope.OPERATOR)
    @APIResponseSchema(KeyView.class)
    public Uni<Response> create(@NotNull @Valid KeyRequest body) {
        return keys.create(body.owner(), body.reach()).map(ApiKeyResource::created);
    }

    @POST
    @Path("/{id}/rotate")
    @Requires(Scope.OPERATOR)
    @APIResponseSchema(KeyView.class)
    public Uni<Response> rotate(@PathParam("id") String id) {
        return keys.rotate(known(id)).map(ApiKeyResource::created);
    }

    private static Response created(NewKey made) {
        return Response.status(201)
                .header("Location", "/api-keys/" + made.about().keyId())
                .header("Cache-Control", "no-store")
                .entity(KeyView.of(made.about(), made.key()))
                .build();
    }

    /** What no key can be called, no key is called. */
    private static String known(String id) {
        if (!OrderId.isValid(id)) {
            throw new NoSuchKey();
        }
        return id;
    }

    @DELETE
    @Path("/{id}")
    @Requires(Scope.OPERATOR)
    public Uni<KeyView> revoke(@PathParam("id") String id) {
        return keys.revoke(known(id)).map(about -> KeyView.of(about, null));
    }
}
