package dev.bellhop.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A broker and a database of our own on free ports, for one test run or one launcher. */
public final class LocalStack implements AutoCloseable {

    private final Path folder;
    private final int kafkaPort;
    private final int postgresPort;
    private final LocalProcess kafka;
    private final LocalProcess postgres;

    /** With {@code topics} and {@code databases}. Nothing is started yet. Data and logs go below {@code folder}. */
    LocalStack(
            Path folder,
            int kafkaPort,
            int kafkaControllerPort,
            int postgresPort,
            List<String> topics,
            List<String> databases,
            List<String> brokerOptions) {
        this.folder = folder;
        this.kafkaPort = kafkaPort;
        this.postgresPort = postgresPort;
        this.kafka = LocalProcess.kafka(folder, kafkaPort, kafkaControllerPort, topics, brokerOptions);
        this.postgres = LocalProcess.postgres(folder, postgresPort, databases);
    }

    /** On free ports, without topics and databases; for a short life. */
    public static LocalStack in(Path folder) {
        return new LocalStack(
                folder, Ports.free(), Ports.free(), Ports.free(), List.of(), List.of(), SuitePlan.brokerOptions(true));
    }

    /** Starts both at once and returns when both are ready. */
    public LocalStack start() {
        CompletableFuture<LocalProcess> broker = CompletableFuture.supplyAsync(kafka::start);
        postgres.start();
        broker.join();
        return this;
    }

    /** The broker's process: start, stop, kill, freeze and thaw it as a test wants. */
    public LocalProcess kafka() {
        return kafka;
    }

    /** The process that holds the database server: closing and starting it is an orderly restart. */
    public LocalProcess postgres() {
        return postgres;
    }

    /** The server process itself, for SIGKILL. */
    public ProcessHandle postmaster() {
        return runningPostmaster().orElseThrow();
    }

    /** The server process itself, unless the server is away. */
    Optional<ProcessHandle> runningPostmaster() {
        try {
            return PostgresFiles.postmaster(folder.resolve("postgres"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server process with those that it started. */
    public List<ProcessHandle> postgresProcesses() {
        ProcessHandle server = postmaster();
        return Stream.concat(Stream.of(server), server.descendants()).toList();
    }

    /** SIGSTOP to all of {@link #postgresProcesses}, until {@link #postgres} is thawed or stopped. */
    public void freezePostgres() {
        postgres.freeze(postgresProcesses());
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + kafkaPort;
    }

    /** {@code jdbc:postgresql://…} of a database of this server; user {@code postgres}, no password. */
    public String jdbcUrl(String database) {
        return "jdbc:" + postgresUrl(database);
    }

    /** {@code postgresql://…} of a database of this server; user {@code postgres}, no password. */
    public String postgresUrl(String database) {
        return "postgresql://127.0.0.1:" + postgresPort + "/" + database;
    }

    @Override
    public void close() {
        stop();
    }

    /** An orderly stop of both. {@link #start} brings them back with their data, on the same ports. */
    public void stop() {
        CompletableFuture<Void> broker = CompletableFuture.runAsync(kafka::stop);
        postgres.stop();
        broker.join();
    }
}
