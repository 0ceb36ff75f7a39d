package dev.bellhop.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code run.json}: where everything listens, with the keys. It exists while everything runs. */
public final class RunFile {

    private RunFile() {}

    /** Writes it for a suite that has been started. */
    public static void write(Suite suite) throws IOException {
        Map<String, Object> run = new LinkedHashMap<>();
        Map<String, Object> management = new LinkedHashMap<>();
        Map<String, Object> processes = new LinkedHashMap<>();
        for (Service service : Service.BY_PORT) {
            if (suite.plan().services().contains(service)) {
                run.put(service.key(), suite.url(service).toString());
                management.put(service.key(), suite.management(service).toString());
                processes.put(service.key(), suite.process(service).pid());
            }
        }
        run.put("management", management);
        if (suite.plan().needsKafka()) {
            run.put("kafka", suite.stack().bootstrapServers());
            processes.put("kafka", suite.stack().kafka().pid());
        }
        if (suite.plan().needsPostgres()) {
            run.put(
                    "postgres",
                    suite.stack().postgresUrl(suite.plan().database()).replace("//", "//postgres@"));
            suite.stack().runningPostmaster().ifPresent(server -> processes.put("postgres", server.pid()));
        }
        run.put("apiKey", suite.apiKey());
        run.put("operatorKey", suite.operatorKey());
        run.put("gatewayKey", suite.gatewayKey());
        run.put("processes", processes);
        run.put("logs", suite.plan().folder().resolve("logs").toString());
        PrivateFiles.write(
                in(suite.plan().folder()),
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(run) + "\n");
    }

    /** Forgets it. */
    public static void delete(Path folder) throws IOException {
        Files.deleteIfExists(in(folder));
    }

    private static Path in(Path folder) {
        return folder.resolve("run.json");
    }
}
