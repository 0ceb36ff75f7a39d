package dev.bellhop.local.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Stands on the wire between provider and ingress: passes every byte on, both ways and unchanged, and keeps a copy of the
 * requests.
 */
final class WebhookTap implements AutoCloseable {

    private final ServerSocket server;
    private final int ingressPort;
    private final BlockingQueue<Webhook> seen = new LinkedBlockingQueue<>();

    private WebhookTap(ServerSocket server, int ingressPort) {
        this.server = server;
        this.ingressPort = ingressPort;
    }

    /** A request as it was on the wire. */
    record Webhook(String head, String body) {

        Map<String, String> headers() {
            Map<String, String> headers = new LinkedHashMap<>();
            head.lines().skip(1).forEach(line -> {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            });
            return headers;
        }
    }

    static WebhookTap before(int ingressPort) throws IOException {
        WebhookTap tap = new WebhookTap(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), ingressPort);
        daemon("tap", tap::accept);
        return tap;
    }

    int port() {
        return server.getLocalPort();
    }

    /** The next webhook that went by, if one comes within {@code limit}. */
    Optional<Webhook> next(Duration limit) throws InterruptedException {
        return Optional.ofNullable(seen.poll(limit.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void accept() throws IOException {
        while (!server.isClosed()) {
            Socket provider = server.accept();
            daemon("tap-request", () -> passOn(provider));
        }
    }

    private void passOn(Socket provider) throws IOException {
        try (provider;
                Socket ingress = new Socket(InetAddress.getLoopbackAddress(), ingressPort)) {
            daemon("tap-answer", () -> pass(ingress, provider, OutputStream.nullOutputStream()));
            pass(provider, ingress, new Recording());
        }
    }

    private static void pass(Socket from, Socket to, OutputStream copy) throws IOException {
        try (from;
                to;
                copy) {
            InputStream in = from.getInputStream();
            byte[] buffer = new byte[16_384];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                copy.write(buffer, 0, count);
                to.getOutputStream().write(buffer, 0, count);
            }
        }
    }

    /** Collects bytes until they are a whole request. */
    private final class Recording extends OutputStream {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(int single) {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int count) {
            bytes.write(buffer, offset, count);
            String all = bytes.toString(StandardCharsets.ISO_8859_1);
            int end = all.indexOf("\r\n\r\n");
            if (end < 0) {
                return;
            }
            Webhook head = new Webhook(all.substring(0, end), "");
            int length = Integer.parseInt(head.headers().getOrDefault("content-length", "0"));
            if (all.length() >= end + 4 + length) {
                byte[] body = all.substring(end + 4, end + 4 + length).getBytes(StandardCharsets.ISO_8859_1);
                seen.add(new Webhook(head.head(), new String(body, StandardCharsets.UTF_8)));
                bytes.reset();
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void daemon(String name, Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (IOException e) {
                        // one side has closed; the other learns it by our closing
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }
}
