package dev.bellhop.order.domain;

import java.util.Set;

/**
 * Who calls: the holder of an API key, or of an access token.
 *
 * @param keyId names the key, never the key itself; of a token, which has no name that stays, its owner
 */
public record Caller(String keyId, String owner, Set<Scope> scopes) {

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /** Whether the key or token reaches this far; an operator's always does. */
    public boolean may(Scope scope) {
        return scopes.contains(scope) || isOperator();
    }

    public boolean isOperator() {
        return scopes.contains(Scope.OPERATOR);
    }

    /** The same as an actor in an order's history. */
    public Actor actor() {
        return new Actor(owner, isOperator() ? Actor.Role.OPERATOR : Actor.Role.CLIENT);
    }
}
