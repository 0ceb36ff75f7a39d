package dev.bellhop.order.persistence;

import dev.bellhop.order.app.DeadLetterLog;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The real log of dead letters, or one of two bugs around it. */
@Alternative
@Priority(1)
@Singleton
final class MutantDeadLetterLog implements DeadLetterLog {

    private final PostgresDeadLetterLog real;
    private final String mutant;

    MutantDeadLetterLog(PostgresDeadLetterLog real, @ConfigProperty(name = "bellhop.mutant") String mutant) {
        this.real = real;
        this.mutant = mutant;
    }

    @Override
    public Uni<Void> add(List<Letter> letters) {
        return switch (mutant) {
            // Part of a bug of MutantEventBatches: during an outage the topic alone has the letter.
            case "outage-is-poison" -> real.add(letters).onFailure().recoverWithNull();
            // Bug: poison is tried again for ever, and what comes behind it waits.
            case "poison-tried-again" -> Uni.createFrom().failure(new IllegalStateException("poison"));
            default -> real.add(letters);
        };
    }

    @Override
    public Uni<List<Letter>> find(@Nullable Place after, int limit) {
        return real.find(after, limit);
    }

    @Override
    public Uni<List<Letter>> open(int limit) {
        return real.open(limit);
    }

    @Override
    public Uni<Optional<Letter>> get(String origin) {
        return real.get(origin);
    }

    @Override
    public Uni<Void> redriven(String origin, String actor, @Nullable String note, Instant at) {
        return real.redriven(origin, actor, note, at);
    }
}
