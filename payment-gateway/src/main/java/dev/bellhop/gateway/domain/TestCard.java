package dev.bellhop.gateway.domain;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A card number that decides what happens. Where no card is given, the payment's amount may decide instead.
 *
 * @param outcome what it is good for, in a few words
 * @param magicAmount the amount in minor units that acts like this card in a confirmation without a card
 * @param declines how many attempts are declined before one succeeds
 * @param failureCode what a declined attempt is told
 * @param delay how long the payment's answer is awaited; zero if it comes at once
 * @param refundFails whether the bank refuses refunds
 * @param refundWait how long a refund's answer is awaited; zero if it comes at once
 */
public record TestCard(
        String number,
        String outcome,
        long magicAmount,
        int declines,
        @Nullable String failureCode,
        Duration delay,
        boolean refundFails,
        Duration refundWait) {

    private static final int ALWAYS = Integer.MAX_VALUE;
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    // spotless:off
    /** Every card there is; the first one is the default. */
    public static final List<TestCard> ALL = List.of(
            new TestCard("4242424242424242", "succeeds",                                     900_000_000, 0,      null,                 AT_ONCE,      false, AT_ONCE),
            new TestCard("4000000000000002", "is declined",                                  900_000_001, ALWAYS, "card_declined",      AT_ONCE,      false, AT_ONCE),
            new TestCard("4000000000009995", "is declined: insufficient funds",              900_000_002, ALWAYS, "insufficient_funds", AT_ONCE,      false, AT_ONCE),
            new TestCard("4000000000000069", "is declined: expired card",                    900_000_003, ALWAYS, "expired_card",       AT_ONCE,      false, AT_ONCE),
            new TestCard("4000000000000127", "is declined: wrong security code",             900_000_004, ALWAYS, "incorrect_cvc",      AT_ONCE,      false, AT_ONCE),
            new TestCard("4000000000000119", "is declined: processing error",                900_000_005, ALWAYS, "processing_error",   AT_ONCE,      false, AT_ONCE),
            new TestCard("4000000000009979", "is declined: stolen card",                     900_000_006, ALWAYS, "stolen_card",        AT_ONCE,      false, AT_ONCE),
            new TestCard("4000000000000341", "is declined once, then succeeds",              900_000_007, 1,      "card_declined",      AT_ONCE,      false, AT_ONCE),
            new TestCard("4000000000000358", "is declined three times, then succeeds",       900_000_008, 3,      "card_declined",      AT_ONCE,      false, AT_ONCE),
            new TestCard("4000000000003220", "is pending for five minutes, then succeeds",   900_000_009, 0,      null,                 FIVE_MINUTES, false, AT_ONCE),
            new TestCard("4000000000003253", "is pending for five minutes, then is declined", 900_000_010, ALWAYS, "card_declined",     FIVE_MINUTES, false, AT_ONCE),
            new TestCard("4000000000005126", "succeeds; each refund fails",                  900_000_011, 0,      null,                 AT_ONCE,      true,  AT_ONCE),
            new TestCard("4000000000007726", "succeeds; each refund is pending for five minutes, then succeeds", 900_000_012, 0, null, AT_ONCE,      false, FIVE_MINUTES),
            new TestCard("4000000000007734", "succeeds; each refund is pending for five minutes, then fails",    900_000_013, 0, null, AT_ONCE,      true,  FIVE_MINUTES));
    // spotless:on

    /** The card with this number, blanks ignored. */
    public static TestCard of(String number) {
        String digits = number.replace(" ", "");
        return ALL.stream()
                .filter(card -> card.number.equals(digits))
                .findFirst()
                .orElseThrow(() -> new UnknownCard(digits));
    }

    /** The card that a payment of {@code amount} is confirmed with when none is named. */
    public static TestCard forAmount(long amount) {
        return ALL.stream()
                .filter(card -> card.magicAmount == amount)
                .findFirst()
                .orElse(ALL.get(0));
    }

    boolean declines(int attempt) {
        return attempt <= declines;
    }

    String lastFour() {
        return number.substring(number.length() - 4);
    }

    /** A number that no test card has. */
    public static final class UnknownCard extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnknownCard(String number) {
            super("no test card ends in " + number.substring(Math.max(0, number.length() - 4)));
        }
    }
}
