package dev.bellhop.order.app;

import dev.bellhop.order.app.EventBatches.Noted;
import dev.bellhop.order.app.InboxLog.Place;
import dev.bellhop.order.domain.Actor;
import dev.bellhop.order.domain.Outcome;
import dev.bellhop.order.domain.ReceivedEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Applies received events again. A replay is an attempt of its own: the inbox's deduplication never swallows it. */
@Singleton
public final class ReplayEvents {

    /** Events that one call replays at most. */
    public static final int MOST = 1_000;

    /** No call waits longer for its pauses; proxies give up soon after. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final InboxLog inbox;
    private final StoredEvents stored;
    private final ApplyPaymentFacts applyPaymentFacts;
    private final Clock clock;
    private final SecureRandom random;

    ReplayEvents(
            InboxLog inbox,
            StoredEvents stored,
            ApplyPaymentFacts applyPaymentFacts,
            Clock clock,
            SecureRandom random) {
        this.inbox = inbox;
        this.stored = stored;
        this.applyPaymentFacts = applyPaymentFacts;
        this.clock = clock;
        this.random = random;
    }

    /** One event, as {@link InboxLog#get} finds it; empty if there is none. {@code note} says why, for the log of replays. */
    public Uni<Optional<InboxLog.Replay>> one(
            String eventId, @Nullable String source, Actor actor, @Nullable String note) {
        return inbox.get(eventId, source)
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(Optional.empty())
                        : replay(found.get(), actor, note).map(Optional::of));
    }

    /**
     * What became of many.
     *
     * @param last the place of the last one, behind which more fit; null if none do
     */
    public record Replayed(List<InboxLog.Replay> replays, @Nullable Place last) {

        public Replayed {
            replays = List.copyOf(replays);
        }
    }

    /**
     * All that fit, newest first, from behind {@code after}, {@link #MOST} at most, one after the other; no more than {@code perSecond}, unless that is
     * null. Each is read when its turn comes: one that was forgotten by then is left out. Fails with {@link TooSlow} before
     * the first if that took longer than a caller waits.
     */
    public Uni<Replayed> many(
            InboxLog.Filter filter,
            @Nullable Place after,
            Actor actor,
            @Nullable String note,
            @Nullable Integer perSecond) {
        return inbox.places(filter, after, MOST + 1).chain(found -> {
            List<Place> places = found.subList(0, Math.min(MOST, found.size()));
            Place last = found.size() > MOST ? places.get(MOST - 1) : null;
            if (perSecond != null && places.size() > perSecond * LONGEST.toSeconds()) {
                return Uni.createFrom().failure(new TooSlow());
            }
            return Multi.createFrom()
                    .iterable(places)
                    .onItem()
                    .transformToUniAndConcatenate(place -> pause(place.equals(places.get(0)) ? null : perSecond)
                            .chain(() -> one(place.eventId(), place.source(), actor, note)))
                    .filter(Optional::isPresent)
                    .map(Optional::get)
                    .collect()
                    .asList()
                    .map(replays -> new Replayed(replays, last));
        });
    }

    private static Uni<Void> pause(@Nullable Integer perSecond) {
        Uni<Void> over = Uni.createFrom().voidItem();
        return perSecond == null
                ? over
                : over.onItem().delayIt().by(Duration.ofSeconds(1).dividedBy(perSecond));
    }

    /** So many events at this rate would take too long. */
    public static final class TooSlow extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooSlow() {
            super("at this rate it would take more than a minute: narrow the filter, or replay more per second");
        }
    }

    private Uni<InboxLog.Replay> replay(InboxLog.Entry entry, Actor actor, @Nullable String note) {
        Optional<ReceivedEvent> event = stored.read(entry);
        if (event.isEmpty()) {
            return keep(entry, actor, note, new Noted(entry.key(), Outcome.FAILED, "not_understood"));
        }
        return applyPaymentFacts.again(event.get()).chain(noted -> keep(entry, actor, note, noted));
    }

    private Uni<InboxLog.Replay> keep(InboxLog.Entry entry, Actor actor, @Nullable String note, Noted noted) {
        byte[] id = new byte[12];
        random.nextBytes(id);
        InboxLog.Replay replay = new InboxLog.Replay(
                "rpl_" + HexFormat.of().formatHex(id),
                entry.key(),
                actor.owner(),
                clock.instant(),
                noted.outcome(),
                noted.reason(),
                note);
        return inbox.add(replay).replaceWith(replay);
    }
}
