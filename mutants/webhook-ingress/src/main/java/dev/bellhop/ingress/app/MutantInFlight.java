package dev.bellhop.ingress.app;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The real bounds. Bug: there is always room for one more. */
final class MutantInFlight {

    @Produces
    @Alternative
    @Priority(1)
    @Singleton
    InFlight inFlight(WebhooksConfig config, @ConfigProperty(name = "bellhop.mutant") String mutant) {
        return mutant.equals("without-bounds") ? new InFlight(Integer.MAX_VALUE, Long.MAX_VALUE) : new InFlight(config);
    }
}
