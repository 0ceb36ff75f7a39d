package dev.bellhop.ingress.messaging;

import dev.bellhop.ingress.app.PublishedEvents;
import dev.bellhop.ingress.domain.VerifiedEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The real publisher. Bug: the answer does not wait for the broker. */
@Alternative
@Priority(1)
@Singleton
final class MutantPublishedEvents implements PublishedEvents {

    private final KafkaPublishedEvents real;
    private final boolean hasty;

    MutantPublishedEvents(KafkaPublishedEvents real, @ConfigProperty(name = "bellhop.mutant") String mutant) {
        this.real = real;
        this.hasty = mutant.equals("acknowledged-before-the-broker");
    }

    @Override
    public Uni<Void> publish(List<VerifiedEvent> events) {
        if (!hasty) {
            return real.publish(events);
        }
        var unused = real.publish(events).subscribe().with(done -> {}, failure -> {});
        return Uni.createFrom().voidItem();
    }
}
