package dev.bellhop.ingress.api;

import dev.bellhop.ingress.app.WebhooksConfig;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Looks at the server's settings before it listens: those that contradict each other stop the boot. */
@Singleton
final class ServerOptions implements HttpServerOptionsCustomizer {

    private final WebhooksConfig webhooks;
    private final HttpConfig http;

    ServerOptions(WebhooksConfig webhooks, HttpConfig http) {
        this.webhooks = webhooks;
        this.http = http;
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        check(options);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        check(options);
        if (http.clientCertificates() == ClientAuth.NONE) {
            return;
        }
        if (options.getTrustOptions() == null) {
            throw new IllegalStateException(
                    "webhooks.http.client-certificates needs a trust store; without one any certificate that some"
                            + " authority signed would do. Set quarkus.tls.NAME.trust-store.*");
        }
        options.setClientAuth(http.clientCertificates());
    }

    private void check(HttpServerOptions options) {
        Duration idle = Duration.of(
                options.getIdleTimeout(), options.getIdleTimeoutUnit().toChronoUnit());
        Duration longestDelivery = webhooks.bodyTimeout().plus(webhooks.answerWithin());
        if (longestDelivery.compareTo(http.headerTimeout()) >= 0) {
            throw new IllegalStateException("webhooks.body-timeout and webhooks.answer-within together ("
                    + longestDelivery + ") must be shorter than webhooks.http.header-timeout (" + http.headerTimeout()
                    + "): a connection waits longer for the next delivery than for the end of this one");
        }
        if (!idle.isZero()
                && max(webhooks.bodyTimeout(), webhooks.answerWithin()).compareTo(idle) >= 0) {
            throw new IllegalStateException("webhooks.body-timeout (" + webhooks.bodyTimeout()
                    + ") and webhooks.answer-within (" + webhooks.answerWithin()
                    + ") must each be shorter than quarkus.http.idle-timeout (" + idle
                    + "): else a connection is closed before its answer");
        }
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
