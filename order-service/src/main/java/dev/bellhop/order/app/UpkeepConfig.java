package dev.bellhop.order.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long things are kept. */
@ConfigMapping(prefix = "orders.upkeep")
public interface UpkeepConfig {

    /** 31 days: longer than any provider we know retries, or an old delivery would look new. */
    @WithDefault("744h")
    Duration eventsKept();
}
