package dev.bellhop.order.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bellhop.order.app.Rejections;
import dev.bellhop.order.domain.Rfc3339;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.format.DateTimeParseException;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** What the ingress refused, and why: the sender was not told, the operator is. */
@Cancellable(false)
@Path("/console/rejected")
@Produces(MediaType.TEXT_HTML)
final class RejectedResource {

    private static final int PER_PAGE = 50;

    private final Rejections rejections;
    private final ObjectMapper json;

    RejectedResource(Rejections rejections, ObjectMapper json) {
        this.rejections = rejections;
        this.json = json;
    }

    @GET
    public Uni<TemplateInstance> all(
            @Context ContainerRequestContext request,
            @RestQuery @Nullable String source,
            @RestQuery @Nullable String reason,
            @RestQuery @Nullable String before) {
        Frame frame = Frame.of(Visit.of(request), "Rejected", "rejected");
        String from = Words.orNull(source);
        String why = Words.orNull(reason);
        return rejections.counts().chain(counts -> rejections
                .find(from, why, place(before), PER_PAGE + 1)
                .map(found -> Pages.rejected(frame, RejectedSight.of(from, why, counts, found, PER_PAGE, json))));
    }

    private static Rejections.@Nullable Place place(@Nullable String before) {
        String[] parts = before == null ? new String[0] : before.split(" ", 3);
        try {
            return parts.length == 3
                    ? new Rejections.Place(
                            Rfc3339.parse(parts[0]), Integer.parseInt(parts[1]), Long.parseLong(parts[2]))
                    : null;
        } catch (DateTimeParseException | NumberFormatException e) {
            return null;
        }
    }
}
