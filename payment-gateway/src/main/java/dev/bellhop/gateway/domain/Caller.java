package dev.bellhop.gateway.domain;

import java.util.Set;

/** Who asks: the owner of an API key and what the key may do. */
public record Caller(String owner, Set<Scope> scopes) {

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    public boolean may(Scope scope) {
        return scopes.contains(scope) || scopes.contains(Scope.OPERATOR);
    }

    /** Operators see everybody's payments, others their own. */
    public boolean sees(String someonesOwn) {
        return owner.equals(someonesOwn) || scopes.contains(Scope.OPERATOR);
    }
}
