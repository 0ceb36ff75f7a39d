package dev.bellhop.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/** JMH over what every event needs computed: the signature of each scheme, and the fold of an order's ledger. */
final class MicroScenario implements Scenario {

    private static final long LIMIT_MINUTES = 15;
    /** One JVM for each, two seconds to warm up, three to measure. */
    private static final List<String> SPELL = List.of("-f", "1", "-wi", "2", "-w", "1s", "-i", "3", "-r", "1s");

    @Override
    public String name() {
        return "micro";
    }

    @Override
    public List<Measurement> run(Surroundings s) throws IOException, InterruptedException {
        Path result = s.suite().data().resolve("jmh.json");
        measure(result, s.suite().data().resolve("jmh.log"));
        List<JsonNode> all = StreamSupport.stream(
                        new ObjectMapper().readTree(result.toFile()).spliterator(), false)
                .toList();
        List<Double> mac = all.stream()
                .filter(run -> benchmark(run).endsWith("BareHmacBenchmark.mac"))
                .findFirst()
                .map(MicroScenario::rounds)
                .orElseThrow();
        List<Measurement> measurements = new ArrayList<>();
        for (JsonNode run : all) {
            if (benchmark(run).endsWith("VerificationBenchmark.verify")) {
                String scheme = run.path("params").path("scheme").asText();
                measurements.add(Measurement.compared(
                        name(), "verify one " + scheme + " delivery", "1/s", rounds(run), "one bare HMAC-SHA256", mac));
            } else if (benchmark(run).endsWith("LedgerBenchmark.fold")) {
                String facts = run.path("params").path("facts").asText();
                measurements.add(Measurement.plain(name(), "fold a ledger, facts in it: " + facts, "1/s", rounds(run)));
            }
        }
        return measurements;
    }

    /** In a JVM of its own, which forks one for each benchmark. */
    private static void measure(Path result, Path log) throws IOException, InterruptedException {
        Path module = Path.of("benchmarks", "micro", "target").toAbsolutePath();
        String classPath = module.resolve("classes") + ":" + Files.readString(module.resolve("classpath"));
        List<String> command = new ArrayList<>(List.of(Bench.java(), "-cp", classPath, "org.openjdk.jmh.Main"));
        command.addAll(SPELL);
        command.addAll(List.of("-rf", "json", "-rff", result.toString()));
        Process jmh = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!jmh.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES) || jmh.exitValue() != 0) {
                throw new IOException("JMH failed; see " + log);
            }
        } finally {
            jmh.descendants().forEach(ProcessHandle::destroy);
            jmh.destroy();
        }
    }

    private static String benchmark(JsonNode run) {
        return run.path("benchmark").asText();
    }

    /** The rates of all iterations. */
    private static List<Double> rounds(JsonNode run) {
        List<Double> rates = new ArrayList<>();
        run.path("primaryMetric").path("rawData").forEach(fork -> fork.forEach(rate -> rates.add(rate.asDouble())));
        return rates;
    }
}
