package dev.bellhop.order.app;

import dev.bellhop.order.domain.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Who holds what a call carries: an API key or an access token. */
@Singleton
public final class Callers {

    private final ApiKeys keys;
    private final AccessTokens tokens;

    Callers(ApiKeys keys, AccessTokens tokens) {
        this.keys = keys;
        this.tokens = tokens;
    }

    /** Fails with {@link ApiKeys.Unauthenticated} or {@link AccessTokens.Unverifiable}. */
    public Uni<Caller> holder(String bearer) {
        return tokens.take(bearer) ? tokens.holder(bearer) : keys.holder(bearer);
    }
}
