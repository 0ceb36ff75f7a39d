package dev.bellhop.order.oidc;

import dev.bellhop.order.app.ApiKeys.Unauthenticated;
import dev.bellhop.order.domain.Caller;
import dev.bellhop.order.domain.Scope;
import jakarta.json.JsonString;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** What a verified token says about its caller. */
final class Claims {

    /** What OpenID Connect lets a subject be. */
    private static final Pattern OWNER = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private final ClaimsConfig config;

    Claims(ClaimsConfig config) {
        this.config = config;
    }

    /** Fails with {@link Unauthenticated} if it names no owner. It may reach nowhere. */
    Caller caller(JsonWebToken token) {
        Object owner = token.getClaim(config.ownerClaim());
        if (!(owner instanceof String name) || !OWNER.matcher(name).matches()) {
            throw new Unauthenticated();
        }
        return new Caller("oidc:" + name, name, scopes(token.getClaim(config.scopesClaim())));
    }

    private static Set<Scope> scopes(@Nullable Object claim) {
        Set<String> words = words(claim).collect(Collectors.toSet());
        return Arrays.stream(Scope.values())
                .filter(scope -> words.contains(scope.word()))
                .collect(Collectors.toSet());
    }

    private static Stream<String> words(@Nullable Object claim) {
        if (claim instanceof Collection<?> list) {
            return list.stream().map(word -> word instanceof JsonString text ? text.getString() : String.valueOf(word));
        }
        return claim instanceof String text ? Arrays.stream(text.split(" ", -1)) : Stream.empty();
    }
}
