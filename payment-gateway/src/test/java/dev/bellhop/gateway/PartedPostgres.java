package dev.bellhop.gateway;

import dev.bellhop.testing.RealPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real database behind a network that can part the service from it without a word to either, as when a node dies or a
 * firewall forgets: connections stay open, nothing comes through them any more, and neither end learns that the other
 * went. Those opened later work. It can also be away, as everybody sees. Its user is told by mounted files, as in
 * containers.
 */
public final class PartedPostgres implements QuarkusTestResourceLifecycleManager {

    private static final AtomicInteger PARTINGS = new AtomicInteger();
    private static final Set<Socket> OPEN = ConcurrentHashMap.newKeySet();

    private static volatile boolean away;

    private final RealPostgres postgres = new RealPostgres();
    private final ExecutorService pumps = Executors.newCachedThreadPool();
    private final ServerSocket server = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());

    public PartedPostgres() throws IOException {}

    /** Whatever is connected now hears nothing more. */
    static void part() {
        PARTINGS.incrementAndGet();
    }

    /** Every connection breaks, and nobody gets a new one. */
    static void goAway() {
        away = true;
        OPEN.forEach(PartedPostgres::close);
    }

    static void comeBack() {
        away = false;
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(postgres.start());
        URI direct = URI.create(Objects.requireNonNull(settings.get("quarkus.datasource.reactive.url")));
        pumps.execute(() -> accept(direct.getPort()));
        settings.put("quarkus.datasource.username", "nobody");
        settings.put("quarkus.datasource.credentials-provider", mounted().toString());
        settings.put(
                "quarkus.datasource.reactive.url",
                "postgresql://127.0.0.1:" + server.getLocalPort() + direct.getPath());
        return settings;
    }

    private static Path mounted() {
        try {
            Path folder = Files.createTempDirectory("database");
            Files.writeString(folder.resolve("username"), "postgres");
            Files.writeString(folder.resolve("password"), "unused");
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(int database) {
        try {
            while (true) {
                Socket near = server.accept();
                if (away) {
                    close(near);
                    continue;
                }
                Socket far = new Socket(InetAddress.getLoopbackAddress(), database);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                OPEN.add(near);
                OPEN.add(far);
                int parting = PARTINGS.get();
                pumps.execute(() -> pump(near, far, parting));
                pumps.execute(() -> pump(far, near, parting));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private static void pump(Socket from, Socket to, int parting) {
        byte[] piece = new byte[16_384];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                if (parting == PARTINGS.get()) {
                    out.write(piece, 0, length);
                }
            }
        } catch (IOException e) {
            // either end went away, and so does the other
        }
        if (parting == PARTINGS.get()) {
            // else nobody is there to say that it heard the end
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        OPEN.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        OPEN.forEach(PartedPostgres::close);
        pumps.shutdownNow();
        postgres.stop();
    }
}
