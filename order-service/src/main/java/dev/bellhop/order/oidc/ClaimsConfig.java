package dev.bellhop.order.oidc;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Which of a token's claims say who calls, and how far that reaches. */
@ConfigMapping(prefix = "orders.oidc")
interface ClaimsConfig {

    /** The claim with the scopes: words with blanks between them, or a list of words. Those that aren't ours are ignored. */
    @WithDefault("scope")
    String scopesClaim();

    /**
     * The claim with the owner, taken as it is: a key of the same owner and such a token see the same orders. What works
     * without people in between often has its name in {@code azp} or {@code client_id}.
     */
    @WithDefault("sub")
    String ownerClaim();
}
