package dev.bellhop.gateway.app;

import dev.bellhop.gateway.app.SimulatorClock.Setting;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Moves the simulator's time and does what becomes due on the way, each thing at its moment and in order: three days of
 * retries run in seconds, and run the same way every time.
 */
@Singleton
public final class AdvanceClock {

    private final SimulatorState state;
    private final SimulatorClock clock;
    private final Agenda agenda;
    private final SettlePayments settlePayments;
    private final DrainDeliveries drainDeliveries;
    private final AtomicBoolean running = new AtomicBoolean();

    AdvanceClock(
            SimulatorState state,
            SimulatorClock clock,
            Agenda agenda,
            SettlePayments settlePayments,
            DrainDeliveries drainDeliveries) {
        this.state = state;
        this.clock = clock;
        this.agenda = agenda;
        this.settlePayments = settlePayments;
        this.drainDeliveries = drainDeliveries;
    }

    /** Done when everything that was due has been done; answers with the new time. */
    public Uni<Instant> run(Duration by) {
        if (!running.compareAndSet(false, true)) {
            return Uni.createFrom().failure(new AlreadyMoving());
        }
        Instant target = clock.instant().plus(by);
        return doWhatIsDue()
                .chain(() -> Multi.createBy()
                        .repeating()
                        .uni(() -> step(target))
                        .whilst(moment -> moment.isBefore(target))
                        .collect()
                        .last())
                .replaceWith(clock::instant)
                .eventually(() -> running.set(false));
    }

    private Uni<Instant> step(Instant target) {
        return agenda.next(clock.instant())
                .map(next -> next.isBefore(target) ? next : target)
                .call(this::moveTo)
                .call(this::doWhatIsDue);
    }

    private Uni<Void> moveTo(Instant moment) {
        if (moment.isBefore(clock.instant())) {
            return Uni.createFrom().voidItem();
        }
        Setting setting = clock.showing(moment, clock.frozen());
        return state.saveClock(setting).invoke(() -> clock.set(setting));
    }

    private Uni<Void> doWhatIsDue() {
        return settlePayments.run().chain(drainDeliveries::run);
    }

    /** The clock is being moved by another call. */
    public static final class AlreadyMoving extends RuntimeException {

        private static final long serialVersionUID = 1L;

        AlreadyMoving() {
            super("the clock is being advanced by another call");
        }
    }
}
