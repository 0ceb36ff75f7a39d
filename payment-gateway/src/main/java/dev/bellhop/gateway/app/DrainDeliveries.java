package dev.bellhop.gateway.app;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** Makes all deliveries that are due, and waits for those that another worker has in hand. */
@Singleton
public final class DrainDeliveries {

    private static final Duration BREATH = Duration.ofMillis(5);

    private final ClaimDeliveries claim;
    private final AttemptDelivery attempt;
    private final Agenda agenda;
    private final Clock clock;

    DrainDeliveries(ClaimDeliveries claim, AttemptDelivery attempt, Agenda agenda, Clock clock) {
        this.claim = claim;
        this.attempt = attempt;
        this.agenda = agenda;
        this.clock = clock;
    }

    public Uni<Void> run() {
        return Multi.createBy()
                .repeating()
                .uni(this::round)
                .whilst(open -> open > 0)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** One claim and its attempts; answers how many are still due. */
    private Uni<Integer> round() {
        return claim.run()
                .onItem()
                .transformToMulti(claimed -> Multi.createFrom().iterable(claimed))
                .onItem()
                .transformToUniAndMerge(attempt::run)
                .collect()
                .asList()
                .chain(done -> agenda.dueDeliveries(clock.instant()))
                .call(open -> open == 0
                        ? Uni.createFrom().voidItem()
                        : Uni.createFrom().voidItem().onItem().delayIt().by(BREATH));
    }
}
