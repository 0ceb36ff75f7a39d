package dev.bellhop.gateway.persistence;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where API keys come from. */
@ConfigMapping(prefix = "gateway")
interface KeysConfig {

    /**
     * A file with a line {@code KEY OWNER SCOPE[,SCOPE…]} per key, read at start: from then on its keys count and no
     * others. Without it the keys of the database do.
     */
    Optional<Path> keysFile();
}
