package dev.bellhop.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A process that this run started, and ends. */
final class ChildProcess implements AutoCloseable {

    private final Process process;

    private ChildProcess(Process process) {
        this.process = process;
    }

    /** Starts {@code command} and returns once a line of its output fits. */
    static ChildProcess start(List<String> command, Path folder, Predicate<String> ready) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        CompletableFuture<Boolean> found =
                CompletableFuture.supplyAsync(() -> out.lines().anyMatch(ready));
        try {
            if (!found.get(180, TimeUnit.SECONDS)) {
                throw new IOException("ended before it was ready: " + command.get(0));
            }
        } catch (InterruptedException
                | java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException e) {
            process.destroy();
            throw new IOException("not ready in time: " + command.get(0), e);
        }
        Thread drain = new Thread(() -> drain(out), "drain");
        drain.setDaemon(true);
        drain.start();
        return new ChildProcess(process);
    }

    private static void drain(BufferedReader out) {
        try {
            out.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            // it has ended
        }
    }

    /** What it has in memory now. */
    double residentMegabytes() throws IOException {
        return ResidentMemory.megabytes(process.pid());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
