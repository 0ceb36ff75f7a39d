package dev.bellhop.ingress.app;

import dev.bellhop.ingress.domain.SignatureScheme;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Time, chance and the schemes on board, as the service has them; tests bring their own. */
final class Surroundings {

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    /** For names, not for secrets: one cheap generator per thread, each seeded well. */
    @Produces
    @Singleton
    RandomGenerator random() {
        SecureRandom seeds = new SecureRandom();
        ThreadLocal<SplittableRandom> perThread = ThreadLocal.withInitial(() -> new SplittableRandom(seeds.nextLong()));
        return () -> perThread.get().nextLong();
    }

    /** By being there, a scheme is on board. */
    @Produces
    @Singleton
    SignatureSchemes schemes(Instance<SignatureScheme> all) {
        return new SignatureSchemes(all.stream().toList());
    }
}
