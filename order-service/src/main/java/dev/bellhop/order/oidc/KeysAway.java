package dev.bellhop.order.oidc;

import io.quarkus.arc.Unremovable;
import io.quarkus.oidc.OIDCException;
import io.quarkus.oidc.common.OidcEndpoint;
import io.quarkus.oidc.common.OidcRequestFilter;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** The server's keys can't be had now. */
final class KeysAway extends OIDCException {

    private static final long serialVersionUID = 1L;

    private KeysAway(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }

    /**
     * Asks for the keys right before Quarkus does. Where they are away Quarkus itself would stop the boot if their
     * server cannot be connected to, and would later fail as it does for a token of the wrong type.
     */
    @Singleton
    @Unremovable
    @OidcEndpoint(OidcEndpoint.Type.JWKS)
    static final class Filter implements OidcRequestFilter {

        @Override
        public Uni<Void> filter(OidcRequestFilterContext question) {
            return question.request()
                    .send()
                    .onFailure()
                    .transform(failure -> new KeysAway("no connection", failure))
                    .invoke(Filter::check)
                    .replaceWithVoid();
        }

        private static void check(HttpResponse<Buffer> answer) {
            if (answer.statusCode() >= 400) {
                throw new KeysAway("status " + answer.statusCode(), null);
            }
        }
    }
}
