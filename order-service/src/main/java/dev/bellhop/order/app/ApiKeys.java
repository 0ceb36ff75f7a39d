package dev.bellhop.order.app;

import dev.bellhop.order.domain.Caller;
import dev.bellhop.order.domain.Scope;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Port: API keys. Only their SHA-256 is kept; a key is told once, when it is made. */
public interface ApiKeys {

    /**
     * What is known of a key.
     *
     * @param revokedAt null while it works
     */
    record ApiKey(String keyId, String owner, Set<Scope> scopes, Instant createdAt, @Nullable Instant revokedAt) {

        public ApiKey {
            scopes = Set.copyOf(scopes);
        }
    }

    /** A key that was just made: the only time that its text is known. */
    record NewKey(ApiKey about, String key) {

        @Override
        public String toString() {
            return "NewKey[" + about + "]";
        }
    }

    /** The holder of the key. Fails with {@link Unauthenticated}. A revocation is noticed within seconds. */
    Uni<Caller> holder(String key);

    /** All keys, newest first. */
    Uni<List<ApiKey>> all();

    Uni<NewKey> create(String owner, Set<Scope> scopes);

    /** From now on the key is nobody's. Repeating it changes nothing. Fails with {@link NoSuchKey}. */
    Uni<ApiKey> revoke(String keyId);

    /**
     * A new key with the same owner and scopes; the old one goes on until it is revoked. Fails with {@link NoSuchKey}, or with
     * {@link KeyRevoked} if it was.
     */
    Uni<NewKey> rotate(String keyId);

    /** Nobody holds this key or token. */
    final class Unauthenticated extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public Unauthenticated() {
            super("a valid key or token is needed");
        }
    }

    /** The key is nobody's any more. */
    final class KeyRevoked extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public KeyRevoked() {
            super("the key was revoked: make a new one");
        }
    }

    /** There is no key of this id. */
    final class NoSuchKey extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public NoSuchKey() {
            super("there is no such key");
        }
    }
}
