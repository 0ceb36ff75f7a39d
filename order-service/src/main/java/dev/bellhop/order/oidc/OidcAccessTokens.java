package dev.bellhop.order.oidc;

import dev.bellhop.order.app.AccessTokens;
import dev.bellhop.order.app.ApiKeys.Unauthenticated;
import dev.bellhop.order.domain.Caller;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.TenantIdentityProvider;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.quarkus.oidc.runtime.TenantConfigContext;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that Quarkus' OIDC verifies: signature by the server's keys, issuer, audience, time. Its keys are read at the
 * start, and again when a token names another one; no token is shown to the server.
 */
@Singleton
final class OidcAccessTokens implements AccessTokens {

    private static final Logger LOG = Logger.getLogger(OidcAccessTokens.class);

    /** How long the server may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** After an attempt to reach it comes the next one; callers are told the same in Retry-After. */
    private static final Duration PAUSE = Duration.ofSeconds(4);

    private final TenantIdentityProvider tokens;
    private final TenantConfigContext server;
    private final Claims claims;
    private final boolean enabled;
    /** Asks a server that was away when we started: once, whoever waits for it. */
    private final Uni<TenantConfigContext> connected;

    OidcAccessTokens(TenantIdentityProvider tokens, TenantConfigBean tenants, ClaimsConfig config) {
        this.tokens = tokens;
        this.server = tenants.getDefaultTenant();
        this.claims = new Claims(config);
        this.enabled = server.oidcConfig().tenantEnabled();
        this.connected = Uni.createFrom()
                .deferred(server::initialize)
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .memoize()
                .forFixedDuration(PAUSE);
    }

    /** What is not safe must not start. */
    void check(@Observes StartupEvent started) {
        if (enabled) {
            TokenRules.check(server.oidcConfig());
        }
    }

    @Override
    public boolean take(String bearer) {
        return enabled && FORM.matcher(bearer).matches();
    }

    @Override
    public Uni<Caller> holder(String token) {
        return server.ready()
                ? verified(token)
                : connected.onFailure().transform(away -> new Unverifiable()).chain(() -> verified(token));
    }

    private Uni<Caller> verified(String token) {
        return Uni.createFrom()
                .deferred(() -> tokens.authenticate(new AccessTokenCredential(token)))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .map(identity -> claims.caller((JsonWebToken) identity.getPrincipal()))
                .onFailure()
                .transform(OidcAccessTokens::refusal);
    }

    /** Clients are not told what is wrong with a token; nor is the log told the token, which messages of failures hold. */
    private static RuntimeException refusal(Throwable failure) {
        if (isServerAway(failure)) {
            LOG.warnf("access tokens cannot be verified reason=%s", reason(failure));
            return new Unverifiable();
        }
        LOG.debugf("access token refused reason=%s", reason(failure));
        return new Unauthenticated();
    }

    private static boolean isServerAway(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof KeysAway
                || failure instanceof TimeoutException
                || (cause != null && isServerAway(cause));
    }

    private static String reason(Throwable failure) {
        String known = failure instanceof InvalidJwtException invalid ? known(invalid) : null;
        if (known != null) {
            return known;
        }
        Throwable cause = failure.getCause();
        return cause == null ? failure.getClass().getSimpleName() : reason(cause);
    }

    /** Null if only its cause can tell. */
    private static @Nullable String known(InvalidJwtException invalid) {
        return invalid.getErrorDetails().isEmpty()
                ? null
                : switch (invalid.getErrorDetails().get(0).getErrorCode()) {
                    case ErrorCodes.EXPIRED -> "expired";
                    case ErrorCodes.NOT_YET_VALID -> "not_yet_valid";
                    case ErrorCodes.AUDIENCE_MISSING, ErrorCodes.AUDIENCE_INVALID -> "audience";
                    case ErrorCodes.ISSUER_MISSING, ErrorCodes.ISSUER_INVALID -> "issuer";
                    case ErrorCodes.SIGNATURE_MISSING, ErrorCodes.SIGNATURE_INVALID -> "signature";
                    default -> null;
                };
    }
}
