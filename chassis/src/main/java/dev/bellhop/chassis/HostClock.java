package dev.bellhop.chassis;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.jboss.logging.Logger;

/**
 * Not live while the host's clock is behind what it showed before: for as long timers and Kafka's client wait,
 * without a word, and only a restart ends that.
 */
@Liveness
@Singleton
final class HostClock implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(HostClock.class);

    /** A restart takes as long. */
    private static final Duration BEARABLE = Duration.ofSeconds(30);

    private final InstantSource clock;
    private final AtomicReference<Instant> latest = new AtomicReference<>(Instant.MIN);

    HostClock(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public HealthCheckResponse call() {
        Instant now = clock.instant();
        Instant before = latest.accumulateAndGet(now, (known, next) -> next.isAfter(known) ? next : known);
        Duration behind = Duration.between(now, before);
        boolean isBearable = behind.compareTo(BEARABLE) <= 0;
        if (!isBearable) {
            LOG.errorf("the host's clock went back, to be restarted durationMs=%d", behind.toMillis());
        }
        return HealthCheckResponse.named("host clock").status(isBearable).build();
    }
}
