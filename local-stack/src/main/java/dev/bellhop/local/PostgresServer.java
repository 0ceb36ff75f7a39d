package dev.bellhop.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * PostgreSQL on the loopback interface with durability on, held by a process of its own. Its data survive a stop and a
 * kill. Runs until SIGTERM, or until its standard input ends; the server never outlives an orderly end of its holder, and
 * the holder ends when the server does.
 */
final class PostgresServer {

    private static final int SERVER_DIED = 3;
    private static final Duration REAPED = Duration.ofSeconds(10);

    private final Path data;
    private final int port;
    private final ServerUser user;
    private final Path programs;
    private boolean stopping;

    private PostgresServer(Path data, int port) throws IOException, InterruptedException {
        this.data = data.toAbsolutePath();
        this.port = port;
        this.user = ServerUser.ofThisMachine();
        this.programs = PostgresBinaries.in(cache());
    }

    /** Arguments: data folder, port, databases to create if they are missing. */
    @SuppressWarnings("SystemOut") // the line is how the parent learns that we are ready
    public static void main(String[] arguments) throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        try {
            PostgresServer server = new PostgresServer(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                server.stop();
                stopped.countDown();
            }));
            server.stopOrphan();
            server.initialise();
            server.start();
            server.create(List.of(arguments).subList(2, arguments.length));
            server.endWithServer();
        } catch (StartFailure e) {
            LocalProcess.fail(e);
        }
        System.out.println(LocalProcess.READY);
        LocalProcess.exitWithParent();
        stopped.await();
    }

    /** Outside the data folder, so that many data folders share them; inside it if another user has to reach them. */
    private Path cache() {
        if (user.owner().isPresent()) {
            return data.resolveSibling("postgres-programs");
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path caches = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return caches.resolve("bellhop");
    }

    /** A server that a killed holder left behind on this folder is stopped before a new one starts. */
    private void stopOrphan() throws IOException, InterruptedException {
        var orphan = PostgresFiles.postmaster(data);
        if (orphan.isEmpty()) {
            return;
        }
        if (orphan.get().info().command().orElse("").endsWith("postgres")) {
            run("pg_ctl", "stop", "-D", data.toString(), "-m", "immediate", "-t", "20");
        }
        try {
            // One that was killed, and that nobody has reaped yet, still counts as running for PostgreSQL.
            orphan.get().onExit().get(REAPED.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Somebody else's process with a number used again: PostgreSQL decides.
        }
    }

    /** The data folder appears by a rename when it is whole, so that a kill in the middle leaves no half of one. */
    private void initialise() throws IOException, InterruptedException {
        if (Files.exists(data.resolve("PG_VERSION"))) {
            user.own(data);
            return;
        }
        Path fresh = data.resolveSibling(data.getFileName() + ".new");
        if (Files.exists(fresh)) {
            TemporaryFolder.deleteTree(fresh);
        }
        Files.createDirectories(fresh);
        user.own(fresh);
        int status = run(
                "initdb",
                "--pgdata=" + fresh,
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--no-instructions");
        if (status != 0) {
            throw new StartFailure("PostgreSQL could not create its data in " + data + "; the lines above say why.");
        }
        Files.move(fresh, data);
    }

    private void start() throws IOException, InterruptedException {
        // Standard settings are durable; they are written out because every promise rests on them.
        String settings = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories="
                + " -c fsync=on -c synchronous_commit=on -c full_page_writes=on -c max_connections=200"
                // What is meant for a machine of 1 GB by default: with it a backlog waits for checkpoints and
                // evictions.
                + " -c shared_buffers=512MB -c max_wal_size=4GB";
        int status = run("pg_ctl", "start", "-D", data.toString(), "-w", "-t", "60", "-o", settings);
        if (status != 0) {
            throw new StartFailure("PostgreSQL did not start on port " + port + "; the lines above say why.");
        }
    }

    private void create(List<String> databases) throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        try (Connection connection = DriverManager.getConnection(url, "postgres", "")) {
            for (String database : databases) {
                if (!exists(connection, database)) {
                    try (var statement = connection.createStatement()) {
                        statement.execute("create database " + database);
                    }
                }
            }
        }
    }

    private static boolean exists(Connection connection, String database) throws SQLException {
        try (var query = connection.prepareStatement("select from pg_database where datname = ?")) {
            query.setString(1, database);
            return query.executeQuery().next();
        }
    }

    private void endWithServer() throws IOException {
        ProcessHandle server = PostgresFiles.postmaster(data).orElseThrow();
        Thread watch = new Thread(
                () -> {
                    server.onExit().join();
                    System.exit(SERVER_DIED);
                },
                "server-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private synchronized void stop() {
        stopping = true;
        try {
            if (PostgresFiles.postmaster(data).isPresent()) {
                execute("pg_ctl", "stop", "-D", data.toString(), "-m", "fast", "-t", "20");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One at a time, and none after {@link #stop}: whoever stops must know what runs. */
    private synchronized int run(String program, String... arguments) throws IOException, InterruptedException {
        if (stopping) {
            throw new StartFailure("PostgreSQL is being stopped");
        }
        return execute(program, arguments);
    }

    /** Runs one of PostgreSQL's programs; all that it and the server say goes to our log. */
    private int execute(String program, String... arguments) throws IOException, InterruptedException {
        // Standard output is the parent's: it waits there for the ready line.
        List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" >&2", "sh"));
        command.add(programs.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(user.as(command))
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
    }
}
