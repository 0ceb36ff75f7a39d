package dev.bellhop.ingress.app;

import dev.bellhop.ingress.domain.Event;
import dev.bellhop.ingress.domain.Reason;
import dev.bellhop.ingress.domain.Reply;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.Source;
import dev.bellhop.ingress.domain.TraceContext;
import dev.bellhop.ingress.domain.Verdict;
import dev.bellhop.ingress.domain.VerifiedEvent;
import dev.bellhop.ingress.telemetry.IngressMetrics;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/** Takes a delivery: proves it, reads its events, and answers once they are stored. Nothing is parsed before it is proven. */
@Singleton
public final class AcceptWebhook {

    private final EventReader reader;
    private final PublishedEvents published;
    private final Rejections rejections;
    private final Rates rates;
    private final RandomGenerator random;
    private final IngressMetrics metrics;
    private final Duration within;

    AcceptWebhook(
            EventReader reader,
            PublishedEvents published,
            Rejections rejections,
            Rates rates,
            RandomGenerator random,
            IngressMetrics metrics,
            WebhooksConfig config) {
        this.reader = reader;
        this.published = published;
        this.rejections = rejections;
        this.rates = rates;
        this.random = random;
        this.metrics = metrics;
        this.within = config.answerWithin();
    }

    /**
     * Where {@link dev.bellhop.ingress.domain.SignatureScheme#mayWait}, on a thread that may. A failure is a bug; whatever
     * was to be expected is a receipt.
     */
    public Uni<Receipt> accept(Source source, SignedRequest request) {
        Reply unsigned = source.scheme().unsigned(request);
        if (unsigned != null) {
            return Uni.createFrom().item(new Receipt.Answered(unsigned));
        }
        long begin = System.nanoTime();
        Verdict verdict = source.verify(request);
        metrics.verified(source, System.nanoTime() - begin);
        if (verdict instanceof Verdict.Rejected rejected) {
            return refused(source, request, rejected.reason());
        }
        if (verdict instanceof Verdict.Undecided undecided) {
            return refused(undecided.reason());
        }
        if (!rates.allows(source)) {
            return refused(Reason.RATE_LIMITED);
        }
        Reply challenge = source.scheme().challenge(request);
        if (challenge != null) {
            return Uni.createFrom().item(new Receipt.Answered(challenge));
        }
        EventReader.Reading reading = reader.read(source, request);
        if (reading instanceof EventReader.Reading.Unreadable unreadable) {
            return refused(source, request, unreadable.reason());
        }
        List<Event> events = ((EventReader.Reading.Events) reading).all();
        return publish(source, request, ((Verdict.Authentic) verdict).keyId(), events, begin);
    }

    private Uni<Receipt> publish(
            Source source, SignedRequest request, String keyId, List<Event> events, long accepted) {
        TraceContext trace = TraceContext.of(request.headers(), random);
        List<VerifiedEvent> verified = new ArrayList<>(events.size());
        for (Event event : events) {
            verified.add(new VerifiedEvent(source, event, request, keyId, trace));
        }
        long begin = System.nanoTime();
        return stored(source, verified, accepted).onItemOrFailure().transform((stored, failure) -> {
            if (failure == null) {
                metrics.acknowledged(source, System.nanoTime() - begin);
                return new Receipt.Accepted(events);
            }
            return new Receipt.Refused(reason(failure));
        });
    }

    /** Where the proof may have been waited for, in what is left of the time for both; the spool has as long again. */
    private Uni<Void> stored(Source source, List<VerifiedEvent> events, long accepted) {
        Uni<Void> stored = published.publish(events);
        if (!source.scheme().mayWait()) {
            return stored;
        }
        long left = within.multipliedBy(source.spooled() ? 2 : 1).toNanos() - (System.nanoTime() - accepted);
        return stored.ifNoItem()
                .after(Duration.ofNanos(Math.max(1, left)))
                .failWith(() -> new BrokerUnavailable(new TimeoutException("no time is left")));
    }

    private static Reason reason(Throwable failure) {
        if (failure instanceof EventTooLarge) {
            return Reason.BODY_TOO_LARGE;
        }
        if (failure instanceof BrokerUnavailable) {
            return Reason.BROKER_UNAVAILABLE;
        }
        throw failure instanceof RuntimeException unexpected ? unexpected : new IllegalStateException(failure);
    }

    private Uni<Receipt> refused(Source source, SignedRequest request, Reason reason) {
        rejections.report(source, reason, request);
        return refused(reason);
    }

    private static Uni<Receipt> refused(Reason reason) {
        return Uni.createFrom().item(new Receipt.Refused(reason));
    }
}
