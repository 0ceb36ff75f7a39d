package dev.bellhop.order.api;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.Base64;
import java.util.List;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** Tokens, good and bad. */
final class Tokens {

    static final String ISSUER = "https://login.example.com";
    static final String AUDIENCE = "orders";

    private Tokens() {}

    static RsaJsonWebKey key(String id) {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(id);
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of a token that is good for a minute. */
    static JwtClaims claims(String subject, String scope) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(List.of("billing", AUDIENCE));
        claims.setSubject(subject);
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(1);
        claims.setClaim("scope", scope);
        return claims;
    }

    /** That many seconds from now. */
    static NumericDate in(long seconds) {
        NumericDate date = NumericDate.now();
        date.addSeconds(seconds);
        return date;
    }

    /** A good one. */
    static String token(String subject, String scope) {
        return signed(claims(subject, scope));
    }

    static String signed(JwtClaims claims) {
        return signed(claims, OidcServer.key());
    }

    static String signed(JwtClaims claims, RsaJsonWebKey key) {
        return signed(
                claims, AlgorithmIdentifiers.RSA_USING_SHA256, key.getRsaPrivateKey(), String.valueOf(key.getKeyId()));
    }

    static String signed(JwtClaims claims, String algorithm, @Nullable Key key, String keyId) {
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
            signature.setAlgorithmHeaderValue(algorithm);
            signature.setPayload(claims.toJson());
            signature.setKeyIdHeaderValue(keyId);
            signature.setKey(key);
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Base64url, as in a token's parts. */
    static String part(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
