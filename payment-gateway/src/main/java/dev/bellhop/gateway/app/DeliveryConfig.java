package dev.bellhop.gateway.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** How webhooks go out. The defaults are those of Standard Webhooks. */
@ConfigMapping(prefix = "gateway.delivery")
public interface DeliveryConfig {

    /** Whether webhooks may go to loopback, private and link-local addresses. For local use only. */
    @WithDefault("false")
    boolean allowPrivateAddresses();

    /** The delays before the first attempt, the second, and so on. */
    @WithDefault("PT0S,PT5S,PT5M,PT30M,PT2H,PT5H,PT10H,PT14H,PT20H,PT24H")
    List<Duration> schedule();

    /** How far a delay may be off, as a share of it. */
    @WithDefault("0.2")
    double jitter();

    /** From the first byte sent to the last byte of the answer. */
    @WithDefault("PT15S")
    Duration timeout();

    /** Attempts to one endpoint at the same time, so that a slow one cannot take every place. */
    @WithDefault("64")
    int inFlightPerEndpoint();

    /** How long a worker may keep a delivery before another may take it. Longer than {@link #timeout}. */
    @WithDefault("PT30S")
    Duration lease();

    /** This many failures in a row pause an endpoint. */
    @WithDefault("20")
    int breakerThreshold();

    /** How long the first pause lasts; each further one twice as long. */
    @WithDefault("PT5S")
    Duration breakerPause();

    /** The longest pause. */
    @WithDefault("PT1M")
    Duration breakerPauseMax();

    /** An endpoint that has done nothing but fail for this long is disabled. */
    @WithDefault("PT120H")
    Duration disableAfter();

    /** How long an older secret goes on signing after a rotation. */
    @WithDefault("PT24H")
    Duration secretOverlap();

    /** How often to look for what came due, and for what a process that died left behind. */
    @WithDefault("PT1S")
    Duration sweep();
}
