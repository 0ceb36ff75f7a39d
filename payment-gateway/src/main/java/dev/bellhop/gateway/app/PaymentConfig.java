package dev.bellhop.gateway.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long payments wait. */
@ConfigMapping(prefix = "gateway.payments")
public interface PaymentConfig {

    /** An unpaid payment is cancelled after this time. */
    @WithDefault("PT24H")
    Duration expiry();

    /** Events, their attempts and idempotency keys are kept this long. Payments are kept for ever. */
    @WithDefault("P31D")
    Duration retention();

    /** How often old history is looked for. */
    @WithDefault("PT1H")
    Duration pruneEvery();
}
