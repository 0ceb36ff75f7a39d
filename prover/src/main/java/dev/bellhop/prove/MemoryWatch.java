package dev.bellhop.prove;

import dev.bellhop.local.LocalProcess;
import dev.bellhop.local.Service;
import dev.bellhop.local.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The most memory that each service had resident. Where there is no {@code /proc}, nothing is known. */
final class MemoryWatch implements AutoCloseable {

    private final Suite suite;
    private final Map<Service, Long> mostKilobytes = new EnumMap<>(Service.class);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "memory");
        thread.setDaemon(true);
        return thread;
    });

    MemoryWatch(Suite suite) {
        this.suite = suite;
    }

    MemoryWatch start() {
        var unused = timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
        return this;
    }

    private synchronized void look() {
        for (Service service : Service.values()) {
            LocalProcess process = suite.process(service);
            if (process.isAlive()) {
                mostKilobytes.merge(service, resident(process.pid()), Math::max);
            }
        }
    }

    private static long resident(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    synchronized Map<Service, Long> mostMegabytes() {
        Map<Service, Long> most = new EnumMap<>(Service.class);
        mostKilobytes.forEach((service, kilobytes) -> most.put(service, kilobytes / 1024));
        return most;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
