package dev.bellhop.order.console;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What forms do, told on the page that comes next. A closed set: no link can put words into our mouth. */
enum Done {
    RESOLVED("The review is resolved."),
    REFUNDING("The provider was asked to give the money back; the order leaves review when it reports so."),
    MOVED("The order was moved."),
    REPLAYED("The event was applied again; what became of it is below."),
    REDRIVEN("The record went through the topic again.");

    private final String text;

    Done(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** In links. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable Done find(@Nullable String word) {
        return Arrays.stream(values())
                .filter(done -> done.word().equals(word))
                .findFirst()
                .orElse(null);
    }
}
