package dev.bellhop.ingress.messaging;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** UTC with milliseconds. Deliveries of one second share its text: formatting it anew would be a good part of a record's cost. */
final class Rfc3339 {

    private static final DateTimeFormatter SECONDS =
            new DateTimeFormatterBuilder().appendInstant(0).toFormatter();
    private static final int MILLION = 1_000_000;

    private static volatile Second latest = new Second(0, "1970-01-01T00:00:00");

    private record Second(long epochSecond, String text) {}

    private Rfc3339() {}

    static String of(Instant time) {
        Second second = latest;
        if (second.epochSecond() != time.getEpochSecond()) {
            String text = SECONDS.format(time);
            second = new Second(time.getEpochSecond(), text.substring(0, text.length() - 1));
            latest = second;
        }
        int millis = time.getNano() / MILLION;
        return second.text() + (millis < 10 ? ".00" : millis < 100 ? ".0" : ".") + millis + 'Z';
    }
}
