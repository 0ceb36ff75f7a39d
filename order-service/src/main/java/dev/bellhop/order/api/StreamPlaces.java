package dev.bellhop.order.api;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many orders each API key, or owner of access tokens, watches at this instance: one leaves places to others. */
@Singleton
final class StreamPlaces {

    private final int mostPerKey;
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();

    StreamPlaces(OrderStreamResource.Settings settings) {
        this.mostPerKey = settings.mostClientsPerKey();
    }

    /** Fails with {@link Full} if the key has its share. */
    void mustHaveOne(String keyId) {
        if (taken.getOrDefault(keyId, 0) >= mostPerKey) {
            throw new Full(429, "this key watches as many orders as it may here; try again when it watches fewer");
        }
    }

    /** Takes one, to be {@linkplain #leave left} once. */
    void take(String keyId) {
        taken.merge(keyId, 1, Integer::sum);
    }

    void leave(String keyId) {
        taken.computeIfPresent(keyId, (key, places) -> places == 1 ? null : places - 1);
    }

    /** There is no place for another stream. */
    static final class Full extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int status;

        Full(int status, String detail) {
            super(detail);
            this.status = status;
        }

        int status() {
            return status;
        }
    }
}
