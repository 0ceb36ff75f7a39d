package dev.bellhop.ingress.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bellhop.ingress.Configured;
import dev.bellhop.ingress.app.WebhooksConfig;
import io.smallrye.config.SmallRyeConfig;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerOptionsTest {

    private final HttpServerOptions server = new HttpServerOptions().setIdleTimeout(30);

    @Test
    void the_defaults_agree_and_ask_nobody_for_a_certificate() {
        ServerOptions options = of(Map.of());

        assertThatCode(() -> options.customizeHttpServer(server)).doesNotThrowAnyException();
        options.customizeHttpsServer(server);
        assertThat(server.getClientAuth()).isEqualTo(ClientAuth.NONE);
    }

    @Test
    void what_the_build_asks_for_is_not_taken_back() {
        server.setClientAuth(ClientAuth.REQUIRED);

        of(Map.of()).customizeHttpsServer(server);

        assertThat(server.getClientAuth()).isEqualTo(ClientAuth.REQUIRED);
    }

    @Test
    void a_connection_waits_longer_for_the_next_delivery_than_for_the_end_of_this_one() {
        assertThatThrownBy(() -> of(Map.of("webhooks.body-timeout", "28S")).customizeHttpServer(server))
                .hasMessageContaining("webhooks.http.header-timeout");
        assertThatThrownBy(
                        () -> of(Map.of("webhooks.http.header-timeout", "12S")).customizeHttpServer(server))
                .hasMessageContaining("webhooks.body-timeout");
    }

    @Test
    void an_idle_connection_must_live_longer_than_we_need_for_an_answer() {
        server.setIdleTimeout(10);

        assertThatThrownBy(() -> of(Map.of()).customizeHttpServer(server))
                .hasMessageContaining("quarkus.http.idle-timeout");
    }

    @Test
    void certificates_are_asked_for_only_if_it_is_said_whose_count() {
        ServerOptions options = of(Map.of("webhooks.http.client-certificates", "required"));

        assertThatThrownBy(() -> options.customizeHttpsServer(server)).hasMessageContaining("trust store");
        server.setTrustOptions(new PfxOptions());
        options.customizeHttpsServer(server);
        assertThat(server.getClientAuth()).isEqualTo(ClientAuth.REQUIRED);
    }

    private static ServerOptions of(Map<String, String> settings) {
        SmallRyeConfig config = Configured.by(settings, WebhooksConfig.class, HttpConfig.class);
        return new ServerOptions(
                config.getConfigMapping(WebhooksConfig.class), config.getConfigMapping(HttpConfig.class));
    }
}
