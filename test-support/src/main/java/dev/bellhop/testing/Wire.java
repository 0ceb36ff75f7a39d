package dev.bellhop.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection to a service of this machine, on which a client writes what it likes. */
public final class Wire implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;

    public Wire(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** What came back before the other side hung up. */
    public record Answer(int status, String head, String body) {

        /** The value of a header; empty if there is none. */
        public String header(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }

    /** Bytes, each written as the character of its number. */
    public Wire write(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** All that comes, of whatever protocol. Fails if the other side does not hang up. */
    public String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Fails if the other side does not hang up. */
    public Answer answer() throws IOException {
        String heard = rest();
        String[] parts = heard.split("\r\n\r\n", 2);
        String[] first = parts[0].split(" ", 3);
        return new Answer(
                first.length > 1 ? Integer.parseInt(first[1]) : 0, parts[0], parts.length == 2 ? parts[1] : "");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
