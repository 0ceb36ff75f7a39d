package dev.bellhop.order.persistence;

import dev.bellhop.order.app.AccessTokens;
import dev.bellhop.order.domain.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A file of API keys: {@code KEY OWNER SCOPE[,SCOPE…]} per line, {@code #} starts a comment. */
final class KeysFile {

    private static final int SHORTEST_KEY = 20;

    private KeysFile() {}

    static List<Entry> read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            List<Entry> entries = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).replaceFirst("#.*", "").strip();
                if (!line.isEmpty()) {
                    entries.add(entry(line, file + ":" + (i + 1)));
                }
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException("the keys file cannot be read", e);
        }
    }

    /** A line that cannot be understood stops the boot; its text may be a secret and is not repeated. */
    private static Entry entry(String line, String place) {
        List<String> words = Arrays.asList(line.split("\\s+", -1));
        if (words.size() != 3) {
            throw new IllegalArgumentException(place + ": expected KEY OWNER SCOPE[,SCOPE…]");
        }
        if (words.get(0).length() < SHORTEST_KEY) {
            throw new IllegalArgumentException(place + ": a key has at least " + SHORTEST_KEY + " characters");
        }
        if (AccessTokens.FORM.matcher(words.get(0)).matches()) {
            throw new IllegalArgumentException(
                    place + ": a key must not look like an access token (three parts with dots)");
        }
        try {
            Set<Scope> scopes =
                    Arrays.stream(words.get(2).split(",", -1)).map(Scope::of).collect(Collectors.toSet());
            return new Entry(words.get(0), words.get(1), scopes);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
        }
    }

    record Entry(String key, String owner, Set<Scope> scopes) {

        @Override
        public String toString() {
            return "Entry[owner=" + owner + "]";
        }
    }
}
