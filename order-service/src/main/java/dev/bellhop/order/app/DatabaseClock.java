package dev.bellhop.order.app;

import io.smallrye.mutiny.Uni;
import java.time.Instant;

/** Port: the database's own time. */
public interface DatabaseClock {

    Uni<Instant> now();
}
