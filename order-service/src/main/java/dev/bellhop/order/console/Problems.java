package dev.bellhop.order.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/** What failures look like in a browser. The API decides what a failure is; here its problem is dressed as a page. */
final class Problems {

    private static final String PROBLEM = "application/problem+json";

    private final ObjectMapper json;

    Problems(ObjectMapper json) {
        this.json = json;
    }

    @ServerExceptionMapper
    Response refused(Refused failure) {
        return Response.status(failure.status())
                .type(PROBLEM)
                .entity(Map.of("title", failure.title(), "detail", String.valueOf(failure.getMessage())))
                .build();
    }

    @ServerResponseFilter
    @Nullable
    Uni<Void> dress(ContainerRequestContext request, ContainerResponseContext response) {
        MediaType type = response.getMediaType();
        if (type == null
                || !PROBLEM.equals(type.getType() + "/" + type.getSubtype())
                || !request.getUriInfo().getPath().startsWith("/console")) {
            return null;
        }
        JsonNode problem = json.valueToTree(response.getEntity());
        int status = response.getStatus();
        String detail = problem.path("detail").asText("");
        Plain told = problem.has("code")
                ? plain(status, detail)
                : new Plain(problem.path("title").asText("Error"), detail);
        return Pages.problem(told, status, Links.up(request, status))
                .createUni()
                .invoke(page -> response.setEntity(page, null, MediaType.TEXT_HTML_TYPE.withCharset("utf-8")))
                .replaceWithVoid();
    }

    /** What the API says of a method is of no use to who has but a browser. */
    private static Plain plain(int status, String detail) {
        Plain plain = Plain.of(status);
        return status == 405 ? plain : new Plain(plain.title(), detail + ". " + plain.text());
    }
}
