package dev.bellhop.ingress.app;

import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SigningSecret;
import dev.bellhop.ingress.domain.SigningSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A source's secrets as a file has them: one a line, the newest first, {@code SECRET [VALID-FROM [VALID-UNTIL]]}. Empty
 * lines and lines that begin with {@code "# "} do not count. A secret may contain spaces.
 */
final class SecretFile {

    private static final int SHORTEST = 16;
    private static final int FEWEST_DIFFERENT = 6;

    /** Behind a secret, meant as a time. */
    private static final Pattern TIME = Pattern.compile("\\s\\d{4}-\\d{2}-\\d{2}\\S*$");

    private static final Pattern QUOTED = Pattern.compile("([\"']).*\\1");

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Path path;
    private @Nullable FileTime lastRead;

    SecretFile(Path path) {
        this.path = path;
    }

    /** Whether it is another file than at the last {@link #read}. */
    synchronized boolean hasChanged() throws IOException {
        return !Files.getLastModifiedTime(path).equals(lastRead);
    }

    /** Fails with a message that says which line is wrong and why, and never what it says. */
    synchronized SigningSecrets read(SignatureScheme scheme) throws IOException {
        FileTime modified = Files.getLastModifiedTime(path);
        List<String> lines = Files.readAllLines(path);
        // What could not be read is another file still; what cannot be understood is not worth another look.
        lastRead = modified;
        return parse(lines, scheme);
    }

    private static SigningSecrets parse(List<String> lines, SignatureScheme scheme) {
        List<SigningSecret> secrets = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("# ") && !"#".equals(line)) {
                SigningSecret secret = parse(line, i + 1, scheme);
                if (!ids.add(secret.id())) {
                    throw new IllegalArgumentException("line " + (i + 1)
                            + ": the secret is there twice: it would count after one of them has ended");
                }
                secrets.add(secret);
            }
        }
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("has no secret");
        }
        return new SigningSecrets(secrets);
    }

    private static SigningSecret parse(String line, int number, SignatureScheme scheme) {
        String[] words = line.split("\\s+", -1);
        Instant last = words.length > 1 ? instant(words[words.length - 1]) : null;
        Instant first = last != null && words.length > 2 ? instant(words[words.length - 2]) : null;
        String secret = withoutWords(line, last == null ? 0 : first == null ? 1 : 2);
        Instant from = first != null ? first : last != null ? last : Instant.MIN;
        try {
            requireNothingElse(secret);
            requireStrong(secret);
            return new SigningSecret(
                    SigningSecret.idOf(secret),
                    scheme.key(secret),
                    from,
                    first == null || last == null ? Instant.MAX : last);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
        }
    }

    private static String withoutWords(String line, int count) {
        String rest = line;
        for (int i = 0; i < count; i++) {
            rest = rest.replaceFirst("\\s+\\S+$", "");
        }
        return rest;
    }

    private static @Nullable Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Taken for a part of the secret it would have every delivery refused. */
    private static void requireNothingElse(String secret) {
        if (secret.chars().anyMatch(c -> c == BYTE_ORDER_MARK || (c != '\t' && Character.isISOControl(c)))) {
            throw new IllegalArgumentException("there is a character that nobody sees: save the file as plain UTF-8");
        }
        if (QUOTED.matcher(secret).matches()) {
            throw new IllegalArgumentException("the secret is in quotes: write it without");
        }
        if (TIME.matcher(secret).find()) {
            throw new IllegalArgumentException("a time is written as 2026-01-31T00:00:00Z");
        }
    }

    private static void requireStrong(String secret) {
        if (secret.length() < SHORTEST || secret.chars().distinct().count() < FEWEST_DIFFERENT) {
            throw new IllegalArgumentException("the secret is weak: use at least " + SHORTEST + " characters, "
                    + FEWEST_DIFFERENT + " of them different, made by a random generator");
        }
    }
}
