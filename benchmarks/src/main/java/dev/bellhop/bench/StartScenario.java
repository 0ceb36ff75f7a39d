package dev.bellhop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Start-up time and memory of each service, with and without an AOT cache as the images have one. A second instance is
 * started beside the suite's. Where the JVM is too old for an AOT cache, an archive of classes (AppCDS) takes its place.
 */
final class StartScenario implements Scenario {

    private static final List<String> SERVICES = List.of("webhook-ingress", "payment-gateway", "order-service");
    private static final int FIRST_WITH_AOT = 25;
    private static final long TRAINING_LIMIT_SECONDS = 120;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public List<Measurement> run(Surroundings s) throws IOException, InterruptedException {
        boolean aot = Runtime.version().feature() >= FIRST_WITH_AOT;
        String kind = aot ? "an AOT cache" : "a class archive";
        List<Measurement> measurements = new ArrayList<>();
        for (String service : SERVICES) {
            Path folder = s.suite().data().resolve(service);
            Path cache = s.suite().data().resolve(service + ".cache");
            train(service, folder, (aot ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + cache);
            String use = (aot ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + cache;
            List<Started> with = new ArrayList<>();
            List<Started> without = new ArrayList<>();
            for (int round = 0; round < s.rounds(); round++) {
                without.add(start(service, folder, List.of()));
                with.add(start(service, folder, List.of(use)));
            }
            measurements.add(Measurement.compared(
                    name(),
                    service + " until it listens, with " + kind,
                    "ms",
                    with.stream().map(Started::millis).toList(),
                    "without",
                    without.stream().map(Started::millis).toList()));
            measurements.add(Measurement.compared(
                    name(),
                    service + ", resident memory then, with " + kind,
                    "MB",
                    with.stream().map(Started::megabytes).toList(),
                    "without",
                    without.stream().map(Started::megabytes).toList()));
        }
        return measurements;
    }

    private record Started(double millis, double megabytes) {}

    private static Started start(String service, Path folder, List<String> options) throws IOException {
        long begin = System.nanoTime();
        ChildProcess process =
                ChildProcess.start(command(service, options), folder, line -> line.contains("Listening on"));
        try (process) {
            return new Started((System.nanoTime() - begin) / 1e6, process.residentMegabytes());
        }
    }

    /** As {@code containers/train} does for the images: as far as the service comes, and out. */
    private static void train(String service, Path folder, String option) throws IOException, InterruptedException {
        List<String> options = List.of(option, "-Dquarkus.init-and-exit=true");
        Path log = folder.resolveSibling(service + ".training.log");
        Process training = new ProcessBuilder(command(service, options))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!training.waitFor(TRAINING_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("no cache was made in time; see " + log);
            }
        } finally {
            training.destroy();
        }
        String file = option.substring(option.indexOf('=') + 1);
        if (!Files.exists(Path.of(file))) {
            throw new IOException("no cache was made; see " + log);
        }
    }

    private static List<String> command(String service, List<String> options) throws IOException {
        Path jar = Path.of(service, "target", "quarkus-app", "quarkus-run.jar");
        return Bench.service(jar, Bench.freePort(), options);
    }
}
