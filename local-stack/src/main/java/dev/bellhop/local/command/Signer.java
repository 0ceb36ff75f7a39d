package dev.bellhop.local.command;

import java.util.Map;

/**
 * How a provider proves that a delivery is its own, written down a second time: the ingress' own code verifies, and a fault
 * shared by both would never show.
 */
interface Signer {

    /** The headers that go with the delivery, those that name the event included. */
    Map<String, String> headers(Outgoing delivery, String secret);

    /** The bytes to send; others than the event's only if the signature is among them. */
    default byte[] body(byte[] unsigned, String secret) {
        return unsigned;
    }

    /** What is added to the URL; nothing for most. */
    default String query(String secret) {
        return "";
    }
}
