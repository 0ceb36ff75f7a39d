package dev.bellhop.ingress.domain;

/**
 * An event that may be published: its delivery was authentic.
 *
 * @param request the delivery that brought it
 * @param keyId the id of the secret that proved it
 */
public record VerifiedEvent(Source source, Event event, SignedRequest request, String keyId, TraceContext trace) {}
