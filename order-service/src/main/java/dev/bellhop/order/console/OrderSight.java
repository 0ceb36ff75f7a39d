package dev.bellhop.order.console;

import dev.bellhop.order.app.QuestionLog;
import dev.bellhop.order.domain.Change;
import dev.bellhop.order.domain.Move;
import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An order with all that happened to it.
 *
 * @param moments oldest first
 */
record OrderSight(Order order, List<Moment> moments) {

    /** One line of the timeline: a change of the order, an event that came in, or an answer of the provider. */
    record Moment(
            Instant at, @Nullable Change change, @Nullable EventSight event, QuestionLog.@Nullable Answered answer) {}

    static OrderSight of(
            Order order, List<Change> changes, List<EventSight> events, List<QuestionLog.Answered> answers) {
        List<Moment> moments = new ArrayList<>();
        events.forEach(event -> moments.add(new Moment(event.receivedAt(), null, event, null)));
        changes.forEach(change -> moments.add(new Moment(change.at(), change, null, null)));
        answers.forEach(answer -> moments.add(new Moment(answer.at(), null, null, answer)));
        moments.sort(Comparator.comparing(Moment::at));
        return new OrderSight(order, moments);
    }

    /** Differs when something is new. */
    public String seen() {
        int deliveries = moments.stream()
                .map(Moment::event)
                .mapToInt(event -> event == null ? 0 : event.deliveries())
                .sum();
        return order.version() + "-" + moments.size() + "-" + deliveries;
    }

    /** What may be done with it now, apart from what needs the provider. */
    public List<String> moves() {
        return Stream.of(Move.SHIP, Move.DELIVER, Move.CANCEL)
                .filter(move -> order.allows(move) instanceof Transition.Allowed)
                .map(move -> move.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
