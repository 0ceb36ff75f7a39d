package dev.bellhop.order.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bellhop.order.app.ApiKeys.Unauthenticated;
import dev.bellhop.order.domain.Caller;
import dev.bellhop.order.domain.Scope;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.runtime.OidcJwtCallerPrincipal;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.junit.jupiter.api.Test;

class ClaimsTest {

    private static Claims claims(Map<String, String> settings) {
        return new Claims(new SmallRyeConfigBuilder()
                .withMapping(ClaimsConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(ClaimsConfig.class));
    }

    private static JsonWebToken token(String claims) throws InvalidJwtException {
        return new OidcJwtCallerPrincipal(JwtClaims.parse(claims), new AccessTokenCredential("a.b.c"));
    }

    @Test
    void unless_told_otherwise_a_subject_calls_with_what_its_scope_says() throws InvalidJwtException {
        Caller caller = claims(Map.of())
                .caller(token("{\"sub\":\"alice\",\"azp\":\"shop\",\"scope\":\"openid orders:read orders:write\"}"));

        assertThat(caller).isEqualTo(new Caller("oidc:alice", "alice", Set.of(Scope.ORDERS_READ, Scope.ORDERS_WRITE)));
    }

    @Test
    void other_claims_can_say_it() throws InvalidJwtException {
        Claims claims = claims(Map.of("orders.oidc.owner-claim", "azp", "orders.oidc.scopes-claim", "permissions"));

        Caller caller = claims.caller(token(
                "{\"sub\":\"alice\",\"azp\":\"shop\",\"scope\":\"operator\",\"permissions\":[\"catalog:write\",7]}"));

        assertThat(caller).isEqualTo(new Caller("oidc:shop", "shop", Set.of(Scope.CATALOG_WRITE)));
    }

    @Test
    void who_is_nobody_does_not_call() throws InvalidJwtException {
        Claims claims = claims(Map.of("orders.oidc.owner-claim", "azp"));
        JsonWebToken another = token("{\"sub\":\"alice\",\"scope\":\"operator\"}");

        assertThatThrownBy(() -> claims.caller(another)).isInstanceOf(Unauthenticated.class);
    }
}
