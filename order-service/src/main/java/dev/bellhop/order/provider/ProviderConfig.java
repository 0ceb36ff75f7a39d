package dev.bellhop.order.provider;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** Where the payment provider is, and with which key it is called. */
@ConfigMapping(prefix = "orders.provider")
interface ProviderConfig {

    URI url();

    /** A file that holds the API key; read at each call, so that a new key needs no restart. */
    Optional<Path> keyFile();

    /**
     * Questions that an instance asks per second at most, and at once after a pause; those that customers wait for (a
     * payment, a refund) are none. A round of reconciliation gets beyond its list only with more than a list's five pages.
     */
    @WithDefault("50")
    @Min(6)
    int questionsPerSecond();
}
