package dev.bellhop.ingress.api;

import dev.bellhop.ingress.domain.ByteSize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.core.http.ClientAuth;
import java.time.Duration;

/** {@code webhooks.http.*}: what a connection may do. Ports, TLS and HTTP/2 are Quarkus' own settings. */
@ConfigMapping(prefix = "webhooks.http")
interface HttpConfig {

    /** Time for the headers of a request to arrive, from the connection's begin or from the answer before. */
    @WithDefault("30S")
    Duration headerTimeout();

    /** Path and query; beyond it 414. */
    @WithDefault("4K")
    ByteSize maxTarget();

    /** All header fields together; beyond it 431. */
    @WithDefault("16K")
    ByteSize maxHeaders();

    /** Whether clients have to show a certificate on the TLS port: {@code none}, {@code request} or {@code required}. */
    @WithDefault("none")
    ClientAuth clientCertificates();
}
