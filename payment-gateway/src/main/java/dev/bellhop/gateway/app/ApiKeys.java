package dev.bellhop.gateway.app;

import dev.bellhop.gateway.domain.Caller;
import io.smallrye.mutiny.Uni;

/** Port: who holds which key. */
public interface ApiKeys {

    /** The holder of the key. Fails with {@link Unauthenticated}. */
    Uni<Caller> holder(String key);

    /** Nobody holds this key. */
    final class Unauthenticated extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public Unauthenticated() {
            super("a valid API key is needed");
        }
    }
}
