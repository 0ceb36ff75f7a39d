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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One process of the stack: started, awaited, stopped, killed, frozen. It ends when this JVM ends, even by a kill,
 * because its standard input ends with it; Ctrl-C does not reach it, so that we decide the order in which parts stop.
 */
public final class LocalProcess implements AutoCloseable {

    /** What a process prints on a line of its own once it can be used. */
    static final String READY = "bellhop: ready";

    private static final String FAILED = "bellhop: failed: ";
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Duration PROBE_PAUSE = Duration.ofMillis(50);

    private final String name;
    private final List<String> command;
    private final Path folder;
    private final Path log;
    private final PidFile pidFile;
    private final Readiness readiness;
    private volatile @Nullable Process process;
    private volatile List<ProcessHandle> frozen = List.of();

    private LocalProcess(String name, List<String> command, Path base, Path folder, Readiness readiness) {
        this.name = name;
        this.command = List.copyOf(command);
        this.folder = folder;
        this.log = base.resolve("logs").resolve(name + ".log");
        this.pidFile = new PidFile(base.resolve("pids").resolve(name));
        this.readiness = readiness;
    }

    /** How we learn that a started process can be used. */
    private interface Readiness {

        /** Returns true when it can, false once it never will. */
        boolean await(Process started) throws InterruptedException;

        /** Where its standard output goes. */
        ProcessBuilder.Redirect output(Path log);
    }

    /** It says so itself. */
    private static final Readiness SAYS_SO = new Readiness() {
        @Override
        public boolean await(Process started) {
            return readsReady(started);
        }

        @Override
        public ProcessBuilder.Redirect output(Path log) {
            return ProcessBuilder.Redirect.PIPE;
        }
    };

    /** Its health resource answers 200. */
    private record Healthy(URI health) implements Readiness {
        @Override
        public boolean await(Process started) throws InterruptedException {
            while (started.isAlive()) {
                if (Http.status(health) == 200) {
                    return true;
                }
                started.waitFor(PROBE_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            }
            return false;
        }

        @Override
        public ProcessBuilder.Redirect output(Path log) {
            return ProcessBuilder.Redirect.appendTo(log.toFile());
        }
    }

    /** Kafka on {@code port}, its data and log below {@code folder}, with {@code topics}. Not started yet. */
    static LocalProcess kafka(Path folder, int port, int controllerPort, List<String> topics, List<String> options) {
        return part(
                "kafka",
                folder,
                options,
                "dev.bellhop.local.KafkaBroker",
                Stream.concat(Stream.of(String.valueOf(port), String.valueOf(controllerPort)), topics.stream()));
    }

    /** PostgreSQL on {@code port}, its data and log below {@code folder}, with {@code databases}. Not started yet. */
    public static LocalProcess postgres(Path folder, int port, List<String> databases) {
        return part(
                "postgres",
                folder,
                List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                "dev.bellhop.local.PostgresServer",
                Stream.concat(Stream.of(String.valueOf(port)), databases.stream()));
    }

    private static LocalProcess part(
            String name, Path folder, List<String> options, String main, Stream<String> arguments) {
        List<String> command = java(options, Build.classPath(), main);
        command.add(folder.resolve(name).toAbsolutePath().toString());
        arguments.forEach(command::add);
        return new LocalProcess(name, command, folder, folder, SAYS_SO);
    }

    /** A packaged service with its settings in its folder below {@code base}; ready when {@code health} answers 200. */
    static LocalProcess service(Service service, Path jar, Path base, URI health, List<String> options) {
        List<String> command = java(options, jar + File.pathSeparator + Build.classes(), ServiceHolder.class.getName());
        return new LocalProcess(service.folder(), command, base, base.resolve(service.folder()), new Healthy(health));
    }

    private static List<String> java(List<String> options, String classPath, String main) {
        // A signal that is ignored here stays ignored in the JVM that replaces the shell.
        List<String> command = new ArrayList<>(List.of("sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main));
        return command;
    }

    /** Starts it and returns when it is ready. One that a killed launcher left behind is ended first. */
    public LocalProcess start() {
        try {
            Files.createDirectories(folder);
            Files.createDirectories(log.resolveSibling("."));
            pidFile.endOrphan(STOP_LIMIT);
            Process started = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(readiness.output(log))
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            process = started;
            pidFile.write(started.toHandle());
            awaitReady(started);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(name + " could not be started", e);
        }
    }

    private void awaitReady(Process started) {
        CompletableFuture<Boolean> ready = new CompletableFuture<>();
        Thread waiting = new Thread(() -> completeWhenReady(ready, started), name + "-ready");
        waiting.setDaemon(true);
        waiting.start();
        try {
            if (!ready.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new StartFailure(name + " did not start; its log is " + log);
            }
        } catch (ExecutionException e) {
            started.destroyForcibly();
            throw e.getCause() instanceof StartFailure failure
                    ? failure
                    : new StartFailure(name + " did not start; its log is " + log, e);
        } catch (TimeoutException e) {
            started.destroyForcibly();
            throw new StartFailure(
                    name + " was not ready after " + START_LIMIT.toSeconds() + " s; its log is " + log, e);
        } catch (InterruptedException e) {
            started.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new StartFailure("interrupted while " + name + " started", e);
        }
    }

    private void completeWhenReady(CompletableFuture<Boolean> ready, Process started) {
        try {
            ready.complete(readiness.await(started));
        } catch (RuntimeException | InterruptedException e) {
            ready.completeExceptionally(e);
        }
    }

    private static boolean readsReady(Process started) {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        String line = out.lines()
                .filter(said -> said.equals(READY) || said.startsWith(FAILED))
                .findFirst()
                .orElse("");
        if (line.startsWith(FAILED)) {
            throw new StartFailure(line.substring(FAILED.length()));
        }
        return line.equals(READY);
    }

    /** {@code kafka}, {@code postgres} or the service's name. */
    public String name() {
        return name;
    }

    /** Where all that it says goes. */
    public Path log() {
        return log;
    }

    /** The process id. Of PostgreSQL: its holder's. */
    public long pid() {
        return running().pid();
    }

    public boolean isAlive() {
        Process current = process;
        return current != null && current.isAlive();
    }

    /** Tells {@code listener} the exit status once the running process has ended, for whatever reason. */
    public void onEnd(IntConsumer listener) {
        var unused = running().onExit().thenAccept(ended -> listener.accept(ended.exitValue()));
    }

    /** SIGKILL. Of PostgreSQL only the holder is killed; the server itself is {@link LocalStack#postmaster}. */
    public void kill() {
        running().destroyForcibly();
        awaitEnd(Duration.ofSeconds(10));
    }

    /** SIGSTOP: it lives, listens, and answers nothing until {@link #thaw} or {@link #stop}. */
    public void freeze() {
        freeze(List.of(running().toHandle()));
    }

    /** The same of processes that this one holds. */
    void freeze(List<ProcessHandle> processes) {
        frozen = List.copyOf(processes);
        if (!signal("STOP", frozen)) {
            throw new IllegalStateException("there is nothing to freeze");
        }
    }

    /** SIGCONT to all that was frozen. */
    public void thaw() {
        signal("CONT", frozen);
        frozen = List.of();
    }

    /** One that has ended needs none; whether any was reached. */
    private static boolean signal(String signal, List<ProcessHandle> processes) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        processes.stream().filter(ProcessHandle::isAlive).forEach(alive -> command.add(String.valueOf(alive.pid())));
        if (command.size() == 2) {
            return false;
        }
        try {
            return new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
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

    /** An orderly stop, also of what is frozen; forced after 20 s. Nothing to do if it was never started. */
    public void stop() {
        if (process == null) {
            return;
        }
        thaw();
        running().destroy();
        if (!awaitEnd(STOP_LIMIT)) {
            kill();
        }
        pidFile.delete();
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
        Process current = process;
        if (current == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return current;
    }

    /** Called by a child that cannot start: tells the parent why, in one line, and ends this JVM. */
    @SuppressWarnings("SystemOut") // the line is how the parent learns it
    static void fail(StartFailure failure) {
        System.out.println(FAILED + failure.getMessage());
        System.exit(1);
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
