package dev.bellhop.order.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.bellhop.order.app.AskingConfig;
import dev.bellhop.order.app.Reconciliation;
import dev.bellhop.order.domain.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** How far reconciliation is, and by which rules; for operators. */
@Cancellable(false)
@Path("/reconciliation")
@Produces(MediaType.APPLICATION_JSON)
final class ReconciliationResource {

    private final Reconciliation reconciliation;
    private final AskingConfig config;
    private final Clock clock;

    ReconciliationResource(Reconciliation reconciliation, AskingConfig config, Clock clock) {
        this.reconciliation = reconciliation;
        this.config = config;
        this.clock = clock;
    }

    /** What an operator sees. Durations are ISO 8601. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StateView(
            long waiting,
            long due,
            long doubtful,
            long questions,
            @Nullable Instant nextQuestionAt,
            String details,
            String firstAfter,
            String expireAfter,
            int questionsPerOrder) {}

    @GET
    @Requires(Scope.OPERATOR)
    public Uni<StateView> state() {
        return reconciliation
                .state(clock.instant())
                .map(state -> new StateView(
                        state.waiting(),
                        state.due(),
                        state.doubtful(),
                        state.questions(),
                        state.next(),
                        config.details().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        config.delay().toString(),
                        config.expireAfter().toString(),
                        config.most()));
    }
}
