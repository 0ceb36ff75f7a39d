package dev.bellhop.local.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * An event as its provider sends it, below {@code samples/}.
 *
 * @param owner the source, or the scheme, that sends it
 * @param event the provider's name for it
 * @param family what kind of thing happened
 */
record Sample(String owner, String event, String file, String family) {

    /** A line each: owner, event, file, family. */
    static List<Sample> all() {
        return Arrays.stream(text("index.txt").split("\n", -1))
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("\\s*\\|\\s*", -1))
                .map(cells -> new Sample(cells[0], cells[1], cells[2], cells[3]))
                .toList();
    }

    /** The body of an event that happened now and was never sent before. */
    byte[] body(String id, Instant now) {
        return text(file)
                .strip()
                .replace("{id}", id)
                .replace("{now}", now.toString())
                .replace("{seconds}", String.valueOf(now.getEpochSecond()))
                .replace("{millis}", String.valueOf(now.toEpochMilli()))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String text(String name) {
        try (InputStream file = Sample.class.getResourceAsStream("/samples/" + name)) {
            if (file == null) {
                throw new IllegalStateException("samples/" + name + " is missing");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
