package dev.bellhop.order.app;

import dev.bellhop.order.domain.Actor;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives a dead letter another chance, once what made it unreadable is mended: its record goes through the topic again. */
@Singleton
public final class RedriveDeadLetter {

    private final DeadLetterLog letters;
    private final Redriven redriven;
    private final Clock clock;

    RedriveDeadLetter(DeadLetterLog letters, Redriven redriven, Clock clock) {
        this.letters = letters;
        this.redriven = redriven;
        this.clock = clock;
    }

    /** The letter that was sent again; empty if there is none of this origin. {@code note} says why. */
    public Uni<Optional<DeadLetterLog.Letter>> run(String origin, Actor actor, @Nullable String note) {
        return letters.get(origin).chain(found -> {
            if (found.isEmpty()) {
                return Uni.createFrom().item(found);
            }
            return redriven.send(found.get())
                    .chain(() -> letters.redriven(origin, actor.owner(), note, clock.instant()))
                    .chain(() -> letters.get(origin));
        });
    }
}
