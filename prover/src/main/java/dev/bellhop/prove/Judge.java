package dev.bellhop.prove;

import dev.bellhop.local.Service;
import dev.bellhop.prove.Evidence.EventTruth;
import dev.bellhop.prove.Evidence.InboxEntry;
import dev.bellhop.prove.Evidence.OrderState;
import dev.bellhop.prove.Evidence.Step;
import dev.bellhop.prove.Evidence.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares what is there with what was promised. */
final class Judge {

    /** Questions per order that the suite may ask, and one more to clear a doubt. */
    private static final int BUDGET = 6;

    /** Whatever lies between a question and what is made of its answer: what is broken there has the question repeated. */
    private static final Set<Disturbance> SWALLOW_ANSWERS = EnumSet.of(
            Disturbance.KILL_ORDER_SERVICE,
            Disturbance.KILL_PROVIDER,
            Disturbance.KILL_POSTGRES,
            Disturbance.FREEZE_ORDER_SERVICE,
            Disturbance.FREEZE_POSTGRES,
            Disturbance.STOP_PROVIDER,
            Disturbance.STOP_POSTGRES);

    /** So long after its last change nobody asks about an order any more. */
    private static final Duration ASKED_AT_MOST = Duration.ofMinutes(1);

    private static final long MOST_MEGABYTES = 900;
    private static final Set<String> DOUBTFUL = Set.of("amount_changed", "currency_changed", "unknown_order");

    private final List<Journey> journeys;
    private final Webhooks webhooks;
    private final Set<String> poison;
    private final List<Breaker.Happened> happened;
    private final Observation.Log seen;
    private final Map<Service, Long> memory;
    private final Duration askedAfter;

    Judge(
            List<Journey> journeys,
            Webhooks webhooks,
            Set<String> poison,
            List<Breaker.Happened> happened,
            Observation.Log seen,
            Map<Service, Long> memory,
            Duration askedAfter) {
        this.journeys = journeys;
        this.webhooks = webhooks;
        this.poison = poison;
        this.happened = happened;
        this.seen = seen;
        this.memory = memory;
        this.askedAfter = askedAfter;
    }

    /** One verdict per guarantee. */
    List<Verdict> judge(Evidence evidence) {
        return Arrays.stream(Guarantee.values())
                .map(guarantee -> verdict(guarantee, evidence))
                .toList();
    }

    private Verdict verdict(Guarantee guarantee, Evidence evidence) {
        Tally tally = new Tally();
        seen.of(guarantee).forEach(observation -> tally.count(observation.kept(), observation.what()));
        switch (guarantee) {
            case G1 -> acknowledgedIsPublished(evidence, tally);
            case G2 -> onceEach(evidence, tally);
            case G3 -> {
                agreesWithTruth(evidence, tally);
                nothingIsOverwritten(evidence, tally);
            }
            case G4 -> nothingStaysParked(evidence, tally);
            case G5 -> nothingForgedOrPrivate(evidence, tally);
            case G6 -> nothingLost(evidence, tally);
            case G8 -> onlyPoisonIsDead(evidence, tally);
            case G9 -> noneExpiredWrongly(evidence, tally);
            case G10 -> {
                lostIsMadeGood(evidence, tally);
                withinBudget(evidence, tally);
            }
            case G11 -> poisonIsIsolated(evidence, tally);
            case G12 -> memoryIsBounded(tally);
            case G7 -> {}
        }
        return new Verdict(guarantee, tally.checked, tally.broken);
    }

    private static final class Tally {

        private int checked;
        private final List<String> broken = new ArrayList<>();

        void count(boolean kept, String otherwise) {
            checked++;
            if (!kept) {
                broken.add(otherwise);
            }
        }
    }

    private void acknowledgedIsPublished(Evidence evidence, Tally tally) {
        Set<String> published = evidence.published();
        for (Truth truth : evidence.truths().values()) {
            for (EventTruth event : truth.events()) {
                if (event.acknowledged() > 0) {
                    tally.count(
                            published.contains(event.eventId()),
                            event.eventId() + " was answered with 2xx, but is not on the topic");
                }
            }
        }
        webhooks.accepted()
                .forEach(id ->
                        tally.count(published.contains(id), id + " was answered with 2xx, but is not on the topic"));
    }

    private static void onceEach(Evidence evidence, Tally tally) {
        Set<String> changes = new HashSet<>();
        for (Step step : evidence.history()) {
            if (step.eventId() != null) {
                String change = step.orderId() + " by " + step.eventId();
                tally.count(changes.add(change), "changed twice: " + change);
            }
        }
    }

    private void agreesWithTruth(Evidence evidence, Tally tally) {
        for (Journey journey : journeys) {
            disagreement(
                            journey,
                            evidence.truths().get(journey.orderId()),
                            evidence.orders().get(journey.orderId()))
                    .forEach(disagreement -> tally.count(false, disagreement));
            tally.count(
                    journey.isOver(), journey.orderId() + " got stuck: " + journey.kind() + " " + journey.stuckAt());
        }
    }

    /** What was paid once never becomes unpaid, not even for a moment. */
    private static void nothingIsOverwritten(Evidence evidence, Tally tally) {
        Set<String> paid = new HashSet<>();
        for (Step step : evidence.history()) {
            boolean unpaid = step.to().equals("Pending") || step.to().equals("PaymentFailed");
            tally.count(
                    !unpaid || !paid.contains(step.orderId()),
                    step.orderId() + " was paid, and became " + step.to() + " by " + step.eventId());
            if (step.to().equals("Paid")) {
                paid.add(step.orderId());
            }
        }
    }

    /** What is wrong with an order; nothing if all is well. */
    static List<String> disagreement(Journey journey, @Nullable Truth truth, @Nullable OrderState order) {
        if (order == null) {
            return journey.exists() ? List.of(journey.orderId() + " is gone") : List.of();
        }
        if (order.expiredBefore(journey.paidAt())) {
            return List.of();
        }
        String state = truth == null ? "Pending" : truth.finalState();
        List<String> wrong = new ArrayList<>();
        if (!journey.kind().ends(state).contains(order.status())) {
            wrong.add(journey.orderId() + " (" + journey.kind() + ") is " + order.status() + ", the truth is " + state);
        }
        if (truth != null && (order.captured() != truth.paid() || order.refunded() != truth.refunded())) {
            wrong.add(journey.orderId() + " has " + order.captured() + " paid and " + order.refunded()
                    + " refunded, the truth is " + truth.paid() + " and " + truth.refunded());
        }
        return wrong;
    }

    private static void nothingStaysParked(Evidence evidence, Tally tally) {
        // A change by webhook, but by no event: what placing the order made of those that had come before it.
        evidence.history().stream()
                .filter(step -> step.cause().equals("webhook") && step.eventId() == null)
                .forEach(step -> tally.count(true, ""));
        for (Map.Entry<String, InboxEntry> entry : evidence.inbox().entrySet()) {
            String orderId = entry.getValue().orderId();
            if (entry.getValue().outcome().equals("parked") && evidence.orders().containsKey(orderId)) {
                tally.count(false, entry.getKey() + " is parked although " + orderId + " is there");
            }
        }
    }

    private void nothingForgedOrPrivate(Evidence evidence, Tally tally) {
        Set<String> published = evidence.published();
        webhooks.forged().forEach(id -> tally.count(!published.contains(id), "forged, and on the topic: " + id));
        evidence.leaks().forEach(leak -> tally.count(false, leak));
        tally.count(true, "");
    }

    private void nothingLost(Evidence evidence, Tally tally) {
        Set<String> announced = new HashSet<>();
        evidence.announcements().forEach(record -> {
            var event = Topic.json(record.value());
            announced.add(
                    event.path("orderId").asText() + " " + event.path("version").asLong());
        });
        for (Step step : evidence.settled()) {
            tally.count(
                    announced.contains(step.orderId() + " " + step.version()),
                    "never announced: version " + step.version() + " of " + step.orderId());
        }
        Set<String> made = new HashSet<>();
        evidence.history().forEach(step -> made.add(step.orderId() + " " + step.version()));
        announced.forEach(change -> tally.count(made.contains(change), "announced, but never made: " + change));
        journeys.stream()
                .filter(Journey::exists)
                .forEach(journey -> tally.count(
                        evidence.orders().containsKey(journey.orderId()),
                        journey.orderId() + " was placed, and is gone"));
        tally.count(evidence.outbox() == 0, evidence.outbox() + " records are left in the outbox");
    }

    private void onlyPoisonIsDead(Evidence evidence, Tally tally) {
        evidence.deadLetters()
                .forEach(letter -> tally.count(
                        letter.key() != null && poison.contains(letter.key()),
                        "dead-lettered without need: " + letter.key()));
    }

    private boolean paidTooLate(String orderId, OrderState order) {
        return journeys.stream()
                .filter(journey -> journey.orderId().equals(orderId))
                .anyMatch(journey -> order.expiredBefore(journey.paidAt()));
    }

    private void noneExpiredWrongly(Evidence evidence, Tally tally) {
        evidence.orders().forEach((orderId, order) -> {
            Truth truth = evidence.truths().get(orderId);
            if (order.status().equals("Expired") && truth != null) {
                tally.count(
                        truth.paid() == 0 || paidTooLate(orderId, order), orderId + " has expired although it is paid");
                tally.count(evidence.asked().getOrDefault(orderId, 0L) > 0, orderId + " has expired unasked");
            }
        });
    }

    /** What no webhook told of, the answer to a question must have. */
    private void lostIsMadeGood(Evidence evidence, Tally tally) {
        for (Journey journey : journeys) {
            Truth truth = evidence.truths().get(journey.orderId());
            if (truth != null) {
                String wrong = String.join(
                        "; ", disagreement(journey, truth, evidence.orders().get(journey.orderId())));
                truth.events().stream()
                        .filter(EventTruth::isLost)
                        .forEach(event -> tally.count(
                                wrong.isEmpty(), event.eventId() + " was lost, and is not made good: " + wrong));
            }
        }
    }

    private void withinBudget(Evidence evidence, Tally tally) {
        Map<String, Instant> changed = new HashMap<>();
        evidence.history()
                .forEach(step ->
                        changed.merge(step.orderId(), step.at(), (one, other) -> one.isAfter(other) ? one : other));
        Map<String, Step> paid = new HashMap<>();
        evidence.history().stream()
                .filter(step -> step.to().equals("Paid"))
                .forEach(step -> paid.putIfAbsent(step.orderId(), step));
        evidence.truths().forEach((orderId, truth) -> {
            long asked = evidence.asked().getOrDefault(orderId, 0L);
            OrderState order = evidence.orders().get(orderId);
            long budget = BUDGET
                    + (order == null
                            ? 0
                            : swallowed(order.createdAt(), changed.getOrDefault(orderId, order.createdAt())));
            tally.count(asked <= budget, orderId + " was asked about " + asked + " times, not at most " + budget);
            Step step = paid.get(orderId);
            // A refund whose own webhook is lost may cost a question of its own.
            if (order != null
                    && order.refunded() == 0
                    && step != null
                    && toldInTime(order, step)
                    && isUndoubted(truth)) {
                tally.count(asked == 0, orderId + " was asked about although its webhook came in time");
            }
        });
    }

    private long swallowed(Instant placed, Instant lastChange) {
        Instant end = lastChange.plus(ASKED_AT_MOST);
        return happened.stream()
                .filter(one -> SWALLOW_ANSWERS.contains(one.disturbance())
                        && one.to().isAfter(placed)
                        && one.from().isBefore(end))
                .count();
    }

    private boolean toldInTime(OrderState order, Step paid) {
        Instant asked = order.createdAt().plus(askedAfter);
        return paid.cause().equals("webhook") && paid.at().isBefore(asked);
    }

    private static boolean isUndoubted(Truth truth) {
        return truth.events().stream().flatMap(event -> event.faults().stream()).noneMatch(DOUBTFUL::contains);
    }

    private void poisonIsIsolated(Evidence evidence, Tally tally) {
        Set<String> dead = new HashSet<>();
        evidence.deadLetters().forEach(letter -> dead.add(String.valueOf(letter.key())));
        poison.forEach(key -> tally.count(dead.contains(key), "poison that is not among the dead letters: " + key));
    }

    private void memoryIsBounded(Tally tally) {
        memory.forEach((service, megabytes) ->
                tally.count(megabytes <= MOST_MEGABYTES, service + " had " + megabytes + " MB resident"));
    }
}
