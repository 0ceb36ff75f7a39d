package dev.bellhop.ingress.domain;

/** What a provider wants to hear back when it asks whether we are there, instead of sending an event. */
public record Reply(String contentType, String body) {

    /** There is nothing to say but that we are there. */
    public static final Reply EMPTY = text("");

    public static Reply text(String body) {
        return new Reply("text/plain", body);
    }
}
