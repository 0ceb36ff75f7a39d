package dev.bellhop.order.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When the provider is asked, and how often. */
@ConfigMapping(prefix = "orders.asking")
public interface AskingConfig {

    /** An outage of the provider is over for each order so soon after it is over. */
    Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    /** Whether events are believed as they are. */
    @WithDefault("on-doubt")
    Details details();

    /** An order unpaid for so long is asked about for the first time. */
    @WithDefault("1m")
    Duration delay();

    /** An order unpaid for so long is asked about for the last time, and expires if it is unpaid at the provider too. */
    @WithDefault("24h")
    Duration expireAfter();

    /** Questions per order at most, the one before it expires included. A doubt or a refund is worth one more. */
    @WithDefault("5")
    int most();

    /** Orders per round at most: with one round a second, this instance's rate. */
    @WithDefault("50")
    int perRound();

    /** Time between two rounds. */
    @WithDefault("1s")
    Duration every();

    /** An event that waits for its order longer than this makes us ask about it, and needs an operator's attention. */
    @WithDefault("5m")
    Duration parkedAfter();

    /**
     * When to ask again about an order if its question was not answered, twice as long after each further one; the others
     * are asked about meanwhile.
     */
    @WithDefault("10s")
    Duration pause();

    /** The pause after so many questions in a row that were not answered: one that always fails wears nobody out. */
    default Duration pauseAfter(int unanswered) {
        Duration pause = pause().multipliedBy(1L << Math.min(unanswered, 20));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    /** When an event makes us ask for details. */
    enum Details {
        /** Never: an event that doesn't fit goes straight to a person. */
        NEVER,
        /** When its amount, currency or payment is not the one expected. */
        ON_DOUBT,
        /** After every capture. */
        ALWAYS
    }
}
