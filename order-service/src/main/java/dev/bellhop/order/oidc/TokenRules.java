package dev.bellhop.order.oidc;

import io.quarkus.oidc.runtime.OidcTenantConfig;
import java.util.List;

/** What must be configured before tokens are taken: what Quarkus would leave unchecked if nothing were said. */
final class TokenRules {

    /** Quarkus' word for not checking. */
    private static final String ANY = "any";

    private TokenRules() {}

    /** Fails with {@link IllegalStateException}, which says what to set. */
    static void check(OidcTenantConfig config) {
        List<String> audience = config.token().audience().orElse(List.of());
        if (audience.isEmpty() || audience.contains(ANY)) {
            throw new IllegalStateException(
                    "quarkus.oidc.token.audience must name this service as the tokens do: without"
                            + " it a token that was made for another service would be good here");
        }
        String issuer = config.token().issuer().orElse("");
        boolean discovered =
                config.authServerUrl().isPresent() && config.discoveryEnabled().orElse(true);
        if (issuer.equals(ANY) || (issuer.isEmpty() && !discovered)) {
            throw new IllegalStateException(
                    "quarkus.oidc.token.issuer must be the issuer's name, or be left to discovery: without it the tokens of"
                            + " any issuer would be good here");
        }
    }
}
