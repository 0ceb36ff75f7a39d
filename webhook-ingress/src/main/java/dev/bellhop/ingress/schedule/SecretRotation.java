package dev.bellhop.ingress.schedule;

import dev.bellhop.ingress.app.Sources;
import dev.bellhop.ingress.app.WebhooksConfig;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Looks for changed secret files, on a worker thread because it reads files. */
@Singleton
final class SecretRotation {

    void start(@Observes StartupEvent event, Vertx vertx, Sources sources, WebhooksConfig config) {
        vertx.setPeriodic(
                config.readSecretsEvery().toMillis(),
                timer -> vertx.executeBlocking(() -> {
                    sources.readSecretsAgain();
                    return null;
                }));
    }
}
