package dev.bellhop.order.console;

import dev.bellhop.order.domain.Order;
import java.time.Duration;
import java.util.List;

/**
 * What waits for a person; of each kind one more than {@code most} are looked up, to know whether there are more.
 *
 * @param parkedTooLong how long an event may wait for its order
 */
record AttentionSight(
        List<Order> reviews, List<EventSight> parked, List<LetterSight> letters, int most, Duration parkedTooLong) {

    public List<Order> shownReviews() {
        return shown(reviews);
    }

    public List<EventSight> shownParked() {
        return shown(parked);
    }

    public List<LetterSight> shownLetters() {
        return shown(letters);
    }

    /** A number that does not go further than what is shown. */
    public String count(List<?> all) {
        return all.size() > most ? "more than " + most : String.valueOf(all.size());
    }

    private <T> List<T> shown(List<T> all) {
        return all.subList(0, Math.min(all.size(), most));
    }
}
