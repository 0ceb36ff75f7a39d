package dev.bellhop.order.app;

import dev.bellhop.order.app.ApiKeys.Unauthenticated;
import dev.bellhop.order.domain.Caller;
import io.smallrye.mutiny.Uni;
import java.util.regex.Pattern;

/** Port: access tokens (JWTs) that the operator's OpenID Connect server has signed. Not taken unless that is configured. */
public interface AccessTokens {

    /** Three parts of base64url: header, claims and signature. What is not signed has no third part, and is no token. */
    Pattern FORM = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    /** Whether tokens are taken here, and this is one by its form, which no API key has. */
    boolean take(String bearer);

    /**
     * Whom a token names, with the scopes in it that are ours. Fails with {@link Unauthenticated} for whatever is wrong
     * with it, and with {@link Unverifiable}.
     */
    Uni<Caller> holder(String token);

    /** Whether the token is good cannot be told, because the server's keys can't be had. */
    final class Unverifiable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public Unverifiable() {
            super("access tokens cannot be verified at the moment; try again");
        }
    }
}
