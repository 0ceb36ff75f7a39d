package dev.bellhop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Resident memory of each process after the scenarios before it. Linux only: it reads {@code /proc}. */
final class FootprintScenario implements Scenario {

    private static final List<String> PARTS = List.of("orderService", "webhookIngress", "paymentGateway", "kafka");

    @Override
    public String name() {
        return "footprint";
    }

    @Override
    public List<Measurement> run(Surroundings s) throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        for (String part : PARTS) {
            Path status = Path.of("/proc", String.valueOf(s.suite().pid(part)), "status");
            if (Files.exists(status)) {
                measurements.add(Measurement.plain(
                        name(), "resident memory of " + part, "MB", List.of(residentMegabytes(status))));
            }
        }
        return measurements;
    }

    private static double residentMegabytes(Path status) throws IOException {
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
                .findFirst()
                .orElse(0);
    }
}
