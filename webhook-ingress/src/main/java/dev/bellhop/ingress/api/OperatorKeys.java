package dev.bellhop.ingress.api;

import dev.bellhop.ingress.app.WebhooksConfig;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** API keys, as hashes: a line each of {@code KEY OWNER SCOPE[,SCOPE]}, {@code #} for comments. */
@Singleton
final class OperatorKeys {

    private static final int SHORTEST = 20;
    private static final String OPERATOR = "operator";
    private static final String BEARER = "Bearer ";

    private final Map<String, List<String>> scopesByHash = new HashMap<>();

    OperatorKeys(WebhooksConfig config) {
        config.keysFile().ifPresent(this::read);
    }

    private void read(Path file) {
        try {
            Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(this::add);
        } catch (IOException e) {
            throw new IllegalStateException("webhooks.keys-file=" + file + " cannot be read", e);
        }
    }

    private void add(String line) {
        List<String> words = new ArrayList<>(Arrays.asList(line.split("\\s+", -1)));
        if (words.size() != 3 || words.get(0).length() < SHORTEST) {
            throw new IllegalStateException(
                    "webhooks.keys-file: each line is KEY OWNER SCOPE[,SCOPE], a key has at least 20 characters");
        }
        scopesByHash.put(hash(words.get(0)), List.of(words.get(2).split(",", -1)));
    }

    /** Null if the bearer of this {@code Authorization} is an operator. Looked up by hash, so the time taken says nothing. */
    @Nullable
    Problem objection(@Nullable String authorization) {
        List<String> scopes = authorization != null && authorization.startsWith(BEARER)
                ? scopesByHash.get(hash(authorization.substring(BEARER.length()).strip()))
                : null;
        if (scopes == null) {
            return Problems.UNAUTHENTICATED;
        }
        return scopes.contains(OPERATOR) ? null : Problems.FORBIDDEN;
    }

    private static String hash(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
