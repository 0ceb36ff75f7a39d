package dev.bellhop.gateway.app;

/**
 * A client's promise that equal keys mean the same call.
 *
 * @param operation which call, so that one key may serve different calls
 * @param fingerprint hash of what was asked
 */
@SuppressWarnings("ArrayRecordComponent") // bytes that are passed on; records of this type are never compared
public record IdempotencyKey(String operation, String key, byte[] fingerprint) {}
