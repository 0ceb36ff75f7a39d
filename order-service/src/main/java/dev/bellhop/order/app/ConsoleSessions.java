package dev.bellhop.order.app;

import dev.bellhop.order.domain.Caller;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;

/** Port: who is logged in to the console. Only the SHA-256 of a session's id is kept. */
public interface ConsoleSessions {

    /** Opens a session for the holder of a key; its id is told once. */
    Uni<String> open(Caller caller, Duration life);

    /** Who holds the session, with what the key may do now; empty once it ended or its key was revoked. */
    Uni<Optional<Caller>> holder(String id);

    /** Ends the session. Repeating it does nothing. */
    Uni<Void> close(String id);
}
