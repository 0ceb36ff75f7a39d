package dev.bellhop.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Resident memory of each process after the scenarios before it. */
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
            double megabytes = ResidentMemory.megabytes(s.suite().pid(part));
            if (megabytes > 0) {
                measurements.add(Measurement.plain(name(), "resident memory of " + part, "MB", List.of(megabytes)));
            }
        }
        return measurements;
    }
}
