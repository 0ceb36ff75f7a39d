package dev.bellhop.local;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One process of the stack: started, awaited, stopped, killed, frozen. It ends when this JVM ends, even by a kill,
 * because its standard input ends with it.
 */
public final class LocalProcess implements AutoCloseable {

    /** What a process prints on a line of its own once it can be used. */
    static final String READY = "bellhop: ready";

    private final String name;
    private final List<String> command;
    private final Path folder;
    private final Path log;
    private @Nullable Process process;

    private LocalProcess(String name, List<String> command, Path folder) {
        this.name = name;
        this.command = List.copyOf(command);
        this.folder = folder;
        this.log = folder.resolve(name + ".log");
    }

    /** Kafka on {@code port}, its data and log below {@code folder}. Not started yet. */
    public static LocalProcess kafka(Path folder, int port, int controllerPort) {
        return java(
                "kafka",
                folder,
                List.of("-Xms128m", "-Xmx512m", "-XX:+UseSerialGC"),
                "dev.bellhop.local.KafkaBroker",
                folder.resolve("kafka").toString(),
                String.valueOf(port),
                String.valueOf(controllerPort));
    }

    /** PostgreSQL on {@code port}, its data and log below {@code folder}. Not started yet. */
    public static LocalProcess postgres(Path folder, int port) {
        return java(
                "postgres",
                folder,
                List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                "dev.bellhop.local.PostgresServer",
                folder.resolve("postgres").toString(),
                String.valueOf(port));
    }

    private static LocalProcess java(String name, Path folder, List<String> options, String main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), main));
        command.addAll(List.of(arguments));
        return new LocalProcess(name, command, folder);
    }

    /** The class path that this module's build wrote down; the tests and the launcher need none of it themselves. */
    private static String classPath() {
        CodeSource source =
                Objects.requireNonNull(LocalProcess.class.getProtectionDomain().getCodeSource());
        Path own = Path.of(URI.create(source.getLocation().toString()));
        try {
            return own
                    + File.pathSeparator
                    + Files.readString(own.resolveSibling("classpath")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("local-stack must be part of the same Maven build (mvn -am)", e);
        }
    }

    /** Starts it and returns when it is ready. */
    public LocalProcess start() {
        try {
            Files.createDirectories(folder);
            Process started = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            process = started;
            awaitReady(started);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(name + " could not be started", e);
        }
    }

    private void awaitReady(Process started) {
        CompletableFuture<Boolean> ready = CompletableFuture.supplyAsync(() -> readsReady(started));
        try {
            if (!ready.get(90, TimeUnit.SECONDS)) {
                throw new IllegalStateException(name + " did not start; its log is " + log);
            }
        } catch (ExecutionException | TimeoutException e) {
            started.destroyForcibly();
            throw new IllegalStateException(name + " did not start; its log is " + log, e);
        } catch (InterruptedException e) {
            started.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " started", e);
        }
    }

    private static boolean readsReady(Process started) {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        return out.lines().anyMatch(READY::equals);
    }

    /** The process id. Of PostgreSQL: its holder's. */
    public long pid() {
        return running().pid();
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** SIGKILL. Of PostgreSQL only the holder is killed; the server itself is {@link LocalStack#postmaster}. */
    public void kill() {
        running().destroyForcibly();
        awaitEnd(Duration.ofSeconds(10));
    }

    /** SIGSTOP: it lives, listens, and answers nothing until {@link #thaw}. */
    public void freeze() {
        signal("STOP", pid());
    }

    /** SIGCONT. */
    public void thaw() {
        signal("CONT", pid());
    }

    static void signal(String signal, long pid) {
        try {
            if (new ProcessBuilder("kill", "-" + signal, String.valueOf(pid))
                            .start()
                            .waitFor()
                    != 0) {
                throw new IllegalStateException("no process " + pid);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** An orderly stop; forced after 20 s. Nothing to do if it was never started. */
    public void stop() {
        if (process == null) {
            return;
        }
        running().destroy();
        if (!awaitEnd(Duration.ofSeconds(20))) {
            kill();
        }
    }

    private boolean awaitEnd(Duration limit) {
        try {
            return running().waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return process;
    }

    /** Called by a child: ends this JVM in order when the parent's end of standard input closes. */
    static void exitWithParent() {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // nothing is ever sent; only the end matters
                        }
                    } catch (IOException e) {
                        // a broken pipe is an end as well
                    }
                    System.exit(0);
                },
                "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
