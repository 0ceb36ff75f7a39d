package dev.bellhop.order.console;

/**
 * What a problem of the API is called on a page, where nobody should have to know the protocol.
 *
 * @param text what it is, and what to do about it
 */
record Plain(String title, String text) {

    private static final String LOOK_AGAIN = "Nothing was done. Look at it again, then decide.";

    static Plain of(int status) {
        return switch (status) {
            case 404 -> new Plain("This is not here", "It may have been removed, or its address is another.");
            case 405 ->
                new Plain(
                        "There is nothing to see here",
                        "Forms are sent to this address. Go back to the page with the form.");
            case 409 -> new Plain("This cannot be done now", LOOK_AGAIN);
            case 412 -> new Plain("It changed meanwhile", LOOK_AGAIN);
            case 422 -> new Plain("This was refused", "Look first whether a part of it was done.");
            case 429 -> new Plain("That was too often", "Wait a few seconds, then try again.");
            case 503 ->
                new Plain(
                        "Not available now", "Wait a few seconds. If you sent a form, look first whether it was done.");
            default ->
                status < 500
                        ? new Plain("This was not understood", "Go back, and look at what you entered.")
                        : new Plain(
                                "Something went wrong here",
                                "If you sent a form, look first whether it was done. The log of order-service says what it was.");
        };
    }
}
