package dev.bellhop.order.console;

import dev.bellhop.order.app.Activity;
import dev.bellhop.order.app.AskingConfig;
import dev.bellhop.order.app.PaymentWaits;
import dev.bellhop.order.app.QuestionLog;
import dev.bellhop.order.app.Reconciliation;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** How we learn what happened at the provider: what we had to ask, and what asking alone would have cost. */
@Cancellable(false)
@Path("/console")
@Produces(MediaType.TEXT_HTML)
final class LearningResource {

    private static final int PER_PAGE = 50;
    private static final int MOST_WAITING = 20;
    private static final int NEWEST_ANSWERS = 10_000;
    private static final int NEWEST_ORDERS = 1_000;
    private static final int COMPARED_ORDERS = 2_000;
    private static final List<Duration> INTERVALS =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(30));

    private final Reconciliation reconciliation;
    private final QuestionLog questions;
    private final Activity activity;
    private final PaymentWaits waits;
    private final AskingConfig config;
    private final Clock clock;

    LearningResource(
            Reconciliation reconciliation,
            QuestionLog questions,
            Activity activity,
            PaymentWaits waits,
            AskingConfig config,
            Clock clock) {
        this.reconciliation = reconciliation;
        this.questions = questions;
        this.activity = activity;
        this.waits = waits;
        this.config = config;
        this.clock = clock;
    }

    @GET
    @Path("/reconciliation")
    public Uni<TemplateInstance> reconciliation(
            @Context ContainerRequestContext request, @RestQuery @Nullable String before) {
        Frame frame = Frame.of(Visit.of(request), "Reconciliation", "reconciliation");
        Long number = before != null && before.matches("\\d{1,18}") ? Long.valueOf(before) : null;
        return Uni.combine()
                .all()
                .unis(
                        reconciliation.state(clock.instant()),
                        reconciliation.waiting(MOST_WAITING),
                        questions.counts(NEWEST_ANSWERS),
                        questions.newest(number, PER_PAGE + 1),
                        activity.asks(NEWEST_ORDERS))
                .asTuple()
                .map(found -> Pages.reconciliation(
                        frame,
                        new ReconciliationSight(
                                config,
                                found.getItem1(),
                                found.getItem2(),
                                found.getItem3(),
                                found.getItem4(),
                                found.getItem5(),
                                PER_PAGE)));
    }

    @GET
    @Path("/comparison")
    public Uni<TemplateInstance> comparison(@Context ContainerRequestContext request) {
        Frame frame = Frame.of(Visit.of(request), "API vs webhook", "comparison");
        return waits.newest(COMPARED_ORDERS, INTERVALS)
                .map(summary -> Pages.comparison(frame, ComparisonSight.of(summary)));
    }
}
