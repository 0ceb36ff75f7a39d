package dev.bellhop.gateway.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.Instant;

/** How long payments wait. */
@ConfigMapping(prefix = "gateway.payments")
public interface PaymentConfig {

    /** An unpaid payment is cancelled after this time. */
    @WithDefault("PT24H")
    Duration expiry();

    /** When a payment that is made now is given up. */
    default Instant expiresAt(Instant now) {
        return SimulatorClock.bounded(now.plus(expiry()));
    }

    /** Events, their attempts and idempotency keys are kept this long. Payments are kept for ever. */
    @WithDefault("P31D")
    Duration retention();

    /** How often old history is looked for. */
    @WithDefault("PT1H")
    Duration pruneEvery();
}
