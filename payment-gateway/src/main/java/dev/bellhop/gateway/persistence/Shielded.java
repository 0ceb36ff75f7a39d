package dev.bellhop.gateway.persistence;

import io.smallrye.mutiny.Uni;

/**
 * Database work that goes on when its caller goes away: a client that hangs up in the middle would otherwise leak the
 * connection (quarkusio/quarkus#51576).
 */
final class Shielded {

    private Shielded() {}

    @SuppressWarnings("FutureReturnValueIgnored") // that nobody can cancel it is the point
    static <T> Uni<T> uni(Uni<T> work) {
        return Uni.createFrom().emitter(caller -> {
            var unused = work.subscribe().with(caller::complete, caller::fail);
        });
    }
}
