package dev.bellhop.ingress.app;

import dev.bellhop.ingress.domain.Event;
import dev.bellhop.ingress.domain.Reason;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.Source;
import dev.bellhop.ingress.domain.TraceContext;
import dev.bellhop.ingress.domain.Verdict;
import dev.bellhop.ingress.domain.VerifiedEvent;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.random.RandomGenerator;

/** Takes a delivery: proves it, reads its events, and answers once they are stored. Nothing is parsed before it is proven. */
@Singleton
public final class AcceptWebhook {

    private final EventReader reader;
    private final PublishedEvents published;
    private final RandomGenerator random;

    AcceptWebhook(EventReader reader, PublishedEvents published, RandomGenerator random) {
        this.reader = reader;
        this.published = published;
        this.random = random;
    }

    /** A failure is a bug; whatever was to be expected is a receipt. */
    public Uni<Receipt> accept(Source source, SignedRequest request) {
        Verdict verdict = source.verify(request);
        if (verdict instanceof Verdict.Rejected rejected) {
            return refused(rejected.reason());
        }
        String keyId = ((Verdict.Authentic) verdict).keyId();
        EventReader.Reading reading = reader.read(source, request);
        if (reading instanceof EventReader.Reading.Unreadable unreadable) {
            return refused(unreadable.reason());
        }
        TraceContext trace = TraceContext.of(request.headers(), random);
        List<Event> events = ((EventReader.Reading.Events) reading).all();
        List<VerifiedEvent> verified = events.stream()
                .map(event -> new VerifiedEvent(source, event, request, keyId, trace))
                .toList();
        return published
                .publish(verified)
                .<Receipt>replaceWith(new Receipt.Accepted(events.size()))
                .onFailure(BrokerUnavailable.class)
                .recoverWithItem(new Receipt.Refused(Reason.BROKER_UNAVAILABLE));
    }

    private static Uni<Receipt> refused(Reason reason) {
        return Uni.createFrom().item(new Receipt.Refused(reason));
    }
}
