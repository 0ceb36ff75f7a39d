package dev.bellhop.order.console;

import dev.bellhop.order.app.AskingConfig;
import dev.bellhop.order.app.WatchActivity;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Where the console begins: what is happening now. */
@Cancellable(false)
@Path("/console")
@Produces(MediaType.TEXT_HTML)
final class NowResource {

    private final WatchActivity watchActivity;
    private final AskingConfig asking;

    NowResource(WatchActivity watchActivity, AskingConfig asking) {
        this.watchActivity = watchActivity;
        this.asking = asking;
    }

    @GET
    public Uni<TemplateInstance> now(@Context ContainerRequestContext request) {
        Frame frame = Frame.of(Visit.of(request), "Now", "now");
        return sight().map(sight -> Pages.now(frame, sight));
    }

    /** The part that renews itself. */
    @GET
    @Path("/now")
    public Uni<TemplateInstance> live() {
        return sight().map(Pages::nowLive);
    }

    private Uni<NowSight> sight() {
        return watchActivity.run().map(sample -> NowSight.of(sample, asking.parkedAfter()));
    }
}
