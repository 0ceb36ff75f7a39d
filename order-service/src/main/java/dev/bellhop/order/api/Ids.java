package dev.bellhop.order.api;

import dev.bellhop.order.domain.Money;

/** Bounds that several requests share. */
final class Ids {

    /** Of ids that clients choose: safe in a path, a header and a Kafka key. */
    static final String FORM = "[A-Za-z0-9][A-Za-z0-9._~:-]{0,63}";

    static final String MESSAGE = "must be 1 to 64 letters, digits, '.', '_', '~', ':' or '-'";

    /** One line of text. PostgreSQL, for one, can't keep U+0000, and nobody half of a surrogate pair. */
    static final String TEXT = "[^\\p{Cntrl}\\p{Cs}]*";

    static final String TEXT_MESSAGE = "must be well-formed text without control characters";

    static final long LARGEST_AMOUNT = Money.LARGEST;

    private Ids() {}
}
