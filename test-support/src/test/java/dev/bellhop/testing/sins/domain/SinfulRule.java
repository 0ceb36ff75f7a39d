package dev.bellhop.testing.sins.domain;

import io.smallrye.mutiny.Uni;
import java.time.Instant;

/** Knows Mutiny, returns a Uni, reads the clock. */
public class SinfulRule {

    Uni<Instant> decide() {
        return Uni.createFrom().item(Instant.now());
    }
}
