package dev.bellhop.ingress.messaging;

import dev.bellhop.ingress.app.PublishedEvents;
import dev.bellhop.ingress.domain.VerifiedEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The real publisher, or one of two bugs around it. */
@Alternative
@Priority(1)
@Singleton
final class MutantPublishedEvents implements PublishedEvents {

    private final KafkaPublishedEvents real;
    private final String mutant;

    MutantPublishedEvents(KafkaPublishedEvents real, @ConfigProperty(name = "bellhop.mutant") String mutant) {
        this.real = real;
        this.mutant = mutant;
    }

    @Override
    public Uni<Void> publish(List<VerifiedEvent> events) {
        return switch (mutant) {
            case "acknowledged-before-the-broker" -> hastily(events);
            // Bug: the answer waits for the broker as long as three tries take.
            case "waits-for-the-broker" ->
                real.publish(events).onFailure().retry().atMost(2);
            default -> real.publish(events);
        };
    }

    /** Bug: the answer does not wait for the broker. */
    private Uni<Void> hastily(List<VerifiedEvent> events) {
        var unused = real.publish(events).subscribe().with(done -> {}, failure -> {});
        return Uni.createFrom().voidItem();
    }
}
