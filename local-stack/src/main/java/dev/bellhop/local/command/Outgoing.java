package dev.bellhop.local.command;

import java.time.Instant;

/**
 * A delivery that is about to be signed.
 *
 * @param event the provider's name for what happened
 * @param id names the event
 * @param url as the provider was given it
 * @param body the exact bytes that will be sent
 */
@SuppressWarnings("ArrayRecordComponent") // nobody changes it
record Outgoing(String event, String id, Instant at, String url, byte[] body) {

    String seconds() {
        return String.valueOf(at.getEpochSecond());
    }

    String contentType() {
        boolean json = body.length > 0 && (body[0] == '{' || body[0] == '[');
        return json ? "application/json" : "application/x-www-form-urlencoded";
    }

    String millis() {
        return String.valueOf(at.toEpochMilli());
    }
}
