package dev.bellhop.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * PostgreSQL on the loopback interface with durability on, held by a process of its own. Its data survive a stop and a
 * kill. Runs until SIGTERM, or until its standard input ends; the server never outlives an orderly end of its holder.
 */
final class PostgresServer {

    private PostgresServer() {}

    /** Arguments: data folder, port. */
    @SuppressWarnings("SystemOut") // the line is how the parent learns that we are ready
    public static void main(String[] args) throws Exception {
        Path data = Path.of(args[0]);
        stopOrphan(data);
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(Integer.parseInt(args[1]))
                .setPGStartupWait(Duration.ofSeconds(60))
                // The library turns these off; no claim about durability would be true.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "200")
                .start();
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                stopped.countDown();
            }
        }));
        System.out.println(LocalProcess.READY);
        LocalProcess.exitWithParent();
        stopped.await();
    }

    /** A postmaster that a killed holder left behind on this folder is asked to stop before a new one starts. */
    private static void stopOrphan(Path data) throws IOException, InterruptedException {
        var orphan = PostgresFiles.postmaster(data);
        if (orphan.isPresent() && orphan.get().info().command().orElse("").endsWith("postgres")) {
            orphan.get().destroy();
            for (int i = 0; i < 100 && orphan.get().isAlive(); i++) {
                Thread.sleep(100);
            }
            orphan.get().destroyForcibly();
        }
    }
}
