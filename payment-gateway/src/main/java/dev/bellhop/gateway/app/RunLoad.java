package dev.bellhop.gateway.app;

import dev.bellhop.gateway.domain.CaptureMode;
import dev.bellhop.gateway.domain.Event;
import dev.bellhop.gateway.domain.Payment;
import dev.bellhop.gateway.domain.TestCard;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Creates and pays many payments at a constant rate under the plan in force, a batch per transaction. */
@Singleton
public final class RunLoad {

    private static final Duration TICK = Duration.ofMillis(50);
    private static final int BATCH = 1_000;

    private final Transactions transactions;
    private final Ids ids;
    private final Dispatches dispatches;
    private final Clock clock;
    private final Doorbell doorbell;
    private final PaymentConfig config;

    RunLoad(
            Transactions transactions,
            Ids ids,
            Dispatches dispatches,
            Clock clock,
            Doorbell doorbell,
            PaymentConfig config) {
        this.transactions = transactions;
        this.ids = ids;
        this.dispatches = dispatches;
        this.clock = clock;
        this.doorbell = doorbell;
        this.config = config;
    }

    /** Done when the last payment is made; its webhooks may still be on their way. */
    public Uni<Void> run(Load load) {
        long start = System.nanoTime();
        return Multi.createFrom()
                .ticks()
                .every(TICK)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick -> batch(load, System.nanoTime() - start))
                .select()
                .first(made -> load.made.get() < load.payments)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Integer> batch(Load load, long elapsedNanos) {
        long due = Math.min(load.payments, Math.round(elapsedNanos / 1e9 * load.ratePerSecond));
        int number = (int) Math.min(BATCH, due - load.made.get());
        if (number <= 0) {
            return Uni.createFrom().item(0);
        }
        List<Payment> payments = new ArrayList<>(number);
        List<Event> events = new ArrayList<>(number);
        Instant now = clock.instant();
        for (int i = 0; i < number; i++) {
            make(load, load.made.get() + i + 1, now, payments, events);
        }
        return transactions
                .run(transaction ->
                        transaction.insertAll(payments).chain(() -> transaction.publish(events, dispatches.of(events))))
                .invoke(() -> {
                    load.made.addAndGet(number);
                    doorbell.ring();
                })
                .replaceWith(number);
    }

    private void make(Load load, int number, Instant now, List<Payment> payments, List<Event> events) {
        String orderId = load.prefix + number;
        Payment created = Payment.create(
                ids.next("pay", orderId, "0"),
                load.owner,
                orderId,
                load.amount,
                load.currency,
                CaptureMode.AUTOMATIC,
                now,
                config.expiresAt(now));
        Payment.Change paid = created.confirm(TestCard.ALL.get(0), now);
        payments.add(paid.payment());
        events.add(Event.of(paid.payment(), paid.happenings().get(0), ids.next("evt", created.id(), "1.0"), now, null));
    }

    /** What is asked for, and how far it has come. */
    public static final class Load {

        private final String prefix;
        private final String owner;
        private final int payments;
        private final int ratePerSecond;
        private final long amount;
        private final String currency;
        private final AtomicInteger made = new AtomicInteger();

        /** The orders are called by the prefix and a number from 1. */
        public Load(String prefix, String owner, int payments, int ratePerSecond, long amount, String currency) {
            this.prefix = prefix;
            this.owner = owner;
            this.payments = payments;
            this.ratePerSecond = ratePerSecond;
            this.amount = amount;
            this.currency = currency;
        }

        public String prefix() {
            return prefix;
        }

        public int payments() {
            return payments;
        }

        public int made() {
            return made.get();
        }
    }
}
