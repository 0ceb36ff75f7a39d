package dev.bellhop.order.persistence;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where API keys come from. */
@ConfigMapping(prefix = "orders")
interface KeysConfig {

    /** A file with a line {@code KEY OWNER SCOPE[,SCOPE…]} per key, added at each start; without it the database's count. */
    Optional<Path> keysFile();

    /** How long a key that was looked up is believed: the longest that a revoked one goes on at another instance. */
    @WithDefault("10s")
    Duration keyCache();
}
