package dev.bellhop.order.oidc;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.OidcTenantConfigBuilder;
import org.junit.jupiter.api.Test;

class TokenRulesTest {

    private static OidcTenantConfigBuilder discovered() {
        return OidcTenantConfig.authServerUrl("https://login.example.com");
    }

    @Test
    void an_audience_is_enough_where_the_issuer_is_discovered() {
        assertThatCode(() -> TokenRules.check(
                        discovered().token().audience("orders").end().build()))
                .doesNotThrowAnyException();
    }

    @Test
    void without_an_audience_nothing_starts() {
        assertThatThrownBy(() -> TokenRules.check(discovered().build()))
                .hasMessageContaining("quarkus.oidc.token.audience");
        assertThatThrownBy(() -> TokenRules.check(
                        discovered().token().audience("any").end().build()))
                .hasMessageContaining("quarkus.oidc.token.audience");
    }

    @Test
    void without_an_issuer_nothing_starts() {
        OidcTenantConfigBuilder told =
                discovered().discoveryEnabled(false).token().audience("orders").end();

        assertThatThrownBy(() -> TokenRules.check(told.build())).hasMessageContaining("quarkus.oidc.token.issuer");
        assertThatThrownBy(() -> TokenRules.check(discovered()
                        .token()
                        .audience("orders")
                        .issuer("any")
                        .end()
                        .build()))
                .hasMessageContaining("quarkus.oidc.token.issuer");
        assertThatCode(() -> TokenRules.check(
                        told.token().issuer("https://login.example.com").end().build()))
                .doesNotThrowAnyException();
    }
}
