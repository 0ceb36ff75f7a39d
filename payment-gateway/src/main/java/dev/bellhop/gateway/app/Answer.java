package dev.bellhop.gateway.app;

import org.jspecify.annotations.Nullable;

/** An answer to a call as it goes over the wire, so that a repeated call can be given the same one. */
@SuppressWarnings("ArrayRecordComponent") // bytes that are passed on; records of this type are never compared
public record Answer(int status, @Nullable String location, byte[] body, boolean repeated) {

    public static Answer of(int status, @Nullable String location, byte[] body) {
        return new Answer(status, location, body, false);
    }
}
