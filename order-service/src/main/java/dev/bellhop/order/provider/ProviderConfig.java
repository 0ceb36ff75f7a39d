package dev.bellhop.order.provider;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Where the payment provider is, and with which key it is called. */
@ConfigMapping(prefix = "orders.provider")
interface ProviderConfig {

    URI url();

    /** A file that holds the API key; read at each call, so that a new key needs no restart. */
    Optional<Path> keyFile();
}
