package dev.bellhop.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A real database behind a network that can part the service from it without a word to either, as when a node dies or a
 * firewall forgets: connections stay open, and nothing comes through them any more. Those opened later work. Or connections
 * break, all of them or one at the worst moment. Its user is told by mounted files, as in containers.
 * Migrations, and tests that look for themselves, reach it directly.
 */
public final class PartedPostgres implements QuarkusTestResourceLifecycleManager {

    private static final AtomicInteger PARTINGS = new AtomicInteger();

    private static final Set<Socket> OPEN = ConcurrentHashMap.newKeySet();
    /** Those on which the service has not hung up. */
    private static final Set<Line> HELD = ConcurrentHashMap.newKeySet();

    private static final String COMMIT = "COMMIT\0";

    private static volatile boolean away;
    /** In whose transaction the answer to the commit is lost; null in nobody's. */
    private static volatile @Nullable String loser;

    private final RealPostgres postgres = new RealPostgres();
    private final ExecutorService pumps = Executors.newCachedThreadPool();
    private final ServerSocket server = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());

    public PartedPostgres() throws IOException {}

    /** Whatever is connected now hears nothing more. */
    public static void part() {
        PARTINGS.incrementAndGet();
    }

    /** Whether the service holds no connection any more that it was parted from. */
    public static boolean isWhole() {
        return HELD.stream().noneMatch(Line::isParted);
    }

    /** Whatever is connected now breaks, and who connects is hung up on, as by a proxy whose database is away. */
    public static void goAway() {
        away = true;
        OPEN.forEach(PartedPostgres::close);
    }

    public static void comeBack() {
        away = false;
    }

    /** The next transaction in which this text is said commits, and its connection breaks before the answer to that. */
    public static void loseCommitOf(String text) {
        loser = text;
    }

    /** Whether somebody waits to lose it. */
    public static boolean isCommitLost() {
        return loser == null;
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
                    near.close();
                } else {
                    connect(near, new Socket(InetAddress.getLoopbackAddress(), database));
                }
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void connect(Socket near, Socket far) throws IOException {
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        OPEN.add(near);
        Line line = new Line(near, far);
        HELD.add(line);
        pumps.execute(line::ask);
        pumps.execute(line::answer);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was asked and answered on one connection. */
    private static final class Line {

        private final Socket near;
        private final Socket far;
        private final int parting = PARTINGS.get();
        private boolean isDoomed;
        private volatile boolean isLost;

        Line(Socket near, Socket far) {
            this.near = near;
            this.far = far;
        }

        boolean isParted() {
            return parting != PARTINGS.get();
        }

        void ask() {
            pump(near, far, said -> {
                String text = loser;
                isDoomed = text != null && (isDoomed || said.contains(text));
                if (isDoomed && said.contains(COMMIT)) {
                    loser = null;
                    isLost = true;
                }
                return true;
            });
            HELD.remove(this);
        }

        void answer() {
            pump(far, near, answer -> !isLost);
        }

        /**
         * Until either end goes away, or what passes may not: then so does the other. But if they are parted, nobody is there to
         * say that it heard the end.
         */
        private void pump(Socket from, Socket to, Predicate<String> mayPass) {
            byte[] piece = new byte[16_384];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                    if (!mayPass.test(new String(piece, 0, length, StandardCharsets.ISO_8859_1))) {
                        return;
                    }
                    if (!isParted()) {
                        out.write(piece, 0, length);
                    }
                }
            } catch (IOException e) {
                // either end went away
            } finally {
                close(far);
                if (!isParted()) {
                    close(near);
                    OPEN.remove(near);
                }
            }
        }
    }

    @Override
    public void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pumps.shutdownNow();
        postgres.stop();
    }
}
