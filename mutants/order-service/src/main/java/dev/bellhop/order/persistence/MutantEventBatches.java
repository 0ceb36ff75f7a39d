package dev.bellhop.order.persistence;

import dev.bellhop.order.app.EventBatches;
import dev.bellhop.order.app.OrderEvents;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The real batches, or one of four bugs around them. */
@Alternative
@Priority(1)
@Singleton
final class MutantEventBatches implements EventBatches {

    private final PostgresEventBatches real;
    private final OrderEvents events;
    private final String mutant;

    MutantEventBatches(
            PostgresEventBatches real, OrderEvents events, @ConfigProperty(name = "bellhop.mutant") String mutant) {
        this.real = real;
        this.events = events;
        this.mutant = mutant;
    }

    @Override
    public <T> Uni<T> transaction(Function<Batch, Uni<T>> work) {
        return switch (mutant) {
            case "no-inbox" -> real.transaction(batch -> work.apply(new WithoutInbox(batch)));
            case "last-writer-wins" -> real.transaction(batch -> work.apply(new WithoutPast(batch)));
            case "published-before-commit" -> real.transaction(batch -> work.apply(new Hasty(batch, events)));
            // Bug: whatever fails is taken for the fault of the data. The log of dead letters must play along.
            case "outage-is-poison" ->
                real.transaction(work).onFailure().transform(MutantEventBatches::blamedOnTheData);
            default -> real.transaction(work);
        };
    }

    private static Throwable blamedOnTheData(Throwable failure) {
        return new PgException(failure.getMessage(), "ERROR", "22000", "");
    }
}
