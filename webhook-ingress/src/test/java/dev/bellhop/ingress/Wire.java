package dev.bellhop.ingress;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A connection on which a sender writes what it likes, byte by byte. */
final class Wire implements AutoCloseable {

    private final Socket socket;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    Wire(URI root) throws IOException {
        socket = new Socket(root.getHost(), root.getPort());
        socket.setSoTimeout(5000);
    }

    Wire write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** Everything until the other side hangs up. */
    String rest() throws IOException {
        heard.write(socket.getInputStream().readAllBytes());
        return heard();
    }

    /** Writes a little, and says whether the other side has hung up. */
    boolean isCutOffAfter(String text) throws IOException {
        try {
            write(text);
            socket.setSoTimeout(1);
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                heard.write(next);
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    String heard() {
        return heard.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
