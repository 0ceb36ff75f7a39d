package dev.bellhop.gateway.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;

/** How the world reaches this service. */
@ConfigMapping(prefix = "gateway")
interface Links {

    /** The address that customers' browsers can reach; checkout links start with it. */
    @WithDefault("http://127.0.0.1:8081")
    URI publicUrl();

    default String checkout(String paymentId) {
        String base = publicUrl().toString();
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/checkout/" + paymentId;
    }
}
