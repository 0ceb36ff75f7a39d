package dev.bellhop.ingress.app;

import dev.bellhop.ingress.domain.Event;
import dev.bellhop.ingress.domain.Reason;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.Source;
import java.util.List;

/** Finds the events in an authentic delivery. */
public interface EventReader {

    /** The events in the order in which the body has them, or why there are none. */
    Reading read(Source source, SignedRequest request);

    /** What came of it. */
    sealed interface Reading {

        /** At least one. */
        record Events(List<Event> all) implements Reading {}

        /** The body is not what the source sends. */
        record Unreadable(Reason reason) implements Reading {}
    }
}
