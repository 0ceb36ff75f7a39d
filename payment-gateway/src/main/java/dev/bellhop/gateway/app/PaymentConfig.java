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
}
