package dev.bellhop.bench;

import dev.bellhop.contract.Topics;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./bellhop bench}: runs the scenarios against the packaged suite and writes the report. */
@Command(
        name = "bellhop bench",
        mixinStandardHelpOptions = true,
        description =
                "Measures the packaged suite on this machine, each figure beside its yardstick from the same run.")
@SuppressWarnings("SystemOut") // a command talks to the person who called it
final class Bench implements Callable<Integer> {

    private static final List<Scenario> SCENARIOS = List.of(
            new IngressScenario(),
            new ConsumptionScenario(),
            new VisibilityScenario(),
            new StreamScenario(),
            new ProviderScenario(),
            new TrackingScenario(),
            // Leaves many orders unpaid, about which order-service asks a minute later.
            new ApiScenario(),
            new FootprintScenario(),
            new StartScenario(),
            new MicroScenario(),
            new ScaleScenario());

    /** Signs webhooks of this run only; never a real secret. */
    private static final String SECRET = "whsec_"
            + Base64.getEncoder().encodeToString(new byte[] {
                1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28,
                29, 30, 31, 32
            });

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--scenarios",
            split = ",",
            description =
                    "Only these: ingress, consumption, visibility, stream, provider, tracking, api, footprint, start,"
                            + " micro, scale.")
    private Set<String> chosen = Set.of();

    @Option(
            names = "--seconds",
            defaultValue = "10",
            description = "Measured time of each stretch (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds of each stretch (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--ports-from",
            defaultValue = "18080",
            description = "First port of the suite (default: ${DEFAULT-VALUE}).")
    private int portsFrom;

    @Option(
            names = "--out",
            defaultValue = ".bellhop/bench",
            description = "Where the report goes (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of(".bellhop/bench");

    /** Held here, or its level would be forgotten with it. */
    private static final Logger KAFKA_LOG = Logger.getLogger("org.apache.kafka");

    /** Run from the repository's root. */
    public static void main(String[] arguments) {
        KAFKA_LOG.setLevel(Level.WARNING);
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        List<String> known = SCENARIOS.stream().map(Scenario::name).toList();
        if (!known.containsAll(chosen)) {
            throw new ParameterException(spec.commandLine(), "of " + chosen + " some are none of " + known);
        }
        if (seconds < 1 || rounds < 1) {
            throw new ParameterException(spec.commandLine(), "--seconds and --rounds are whole numbers from 1 on");
        }
        Path repository = Path.of("").toAbsolutePath();
        Path data =
                Files.createTempDirectory(Files.createDirectories(out), "run").toAbsolutePath();
        Files.writeString(data.resolve("bench.secret"), SECRET + "\n");
        Vertx vertx = Vertx.vertx();
        System.out.println("starting the suite …");
        List<Measurement> measurements = new ArrayList<>();
        try (SuiteUnderTest suite = SuiteUnderTest.start(repository, data, portsFrom, settings(data))) {
            int readOnlyPort = freePort();
            ChildProcess readOnly = readOnlyIngress(repository, data, readOnlyPort);
            try (readOnly) {
                int barePort = freePort();
                ChildProcess bare = bareServer(suite, barePort);
                try (bare) {
                    Surroundings surroundings = new Surroundings(
                            vertx,
                            suite,
                            readOnlyPort,
                            barePort,
                            Duration.ofSeconds(Math.max(10, seconds)),
                            Duration.ofSeconds(seconds),
                            rounds,
                            SECRET);
                    measure(surroundings, measurements);
                }
            }
        } finally {
            vertx.close();
            // Also if a scenario failed: the figures of those before it are good.
            new Report(Report.thisMachine(Instant.now().toString(), command()), measurements).write(out);
            System.out.println("report: " + out.resolve("bench-report.html"));
        }
        delete(data);
        return 0;
    }

    /** Tens of gigabytes after a whole run. One that fails keeps its data and logs. */
    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private String command() {
        String some = chosen.isEmpty() ? "" : " --scenarios " + String.join(",", chosen);
        return "./bellhop bench --seconds " + seconds + " --rounds " + rounds + some;
    }

    private void measure(Surroundings surroundings, List<Measurement> measurements) throws Exception {
        for (Scenario scenario : SCENARIOS) {
            if (chosen.isEmpty() || chosen.contains(scenario.name())) {
                System.out.println(scenario.name() + " …");
                List<Measurement> result = scenario.run(surroundings);
                result.forEach(Bench::print);
                measurements.addAll(result);
            }
        }
    }

    /**
     * Two sources that this run can sign for, one of them a second voice of the provider's; limits that protect a shop from
     * its clients would only measure themselves.
     */
    private static List<String> settings(Path data) {
        List<String> settings = new ArrayList<>();
        for (String source : List.of("bench", "shop")) {
            settings.add("webhooks.sources." + source + ".scheme=standard-webhooks");
            settings.add("webhooks.sources." + source + ".secret-file=" + data.resolve("bench.secret"));
            settings.add("webhooks.sources." + source + ".event-key=json:/orderId");
        }
        settings.add("webhooks.sources.shop.topic=" + Topics.PAYMENTS);
        settings.add("gateway.queries.per-second=100000");
        settings.add("gateway.queries.burst=100000");
        settings.add("orders.rate-limit.per-second=1000000");
        settings.add("orders.rate-limit.burst=1000000");
        // The end of a backlog is seen by its offsets.
        settings.add("mp.messaging.incoming.payments.auto.commit.interval.ms=100");
        return settings;
    }

    /** With the settings of the suite's ingress, on other ports. */
    private static ChildProcess readOnlyIngress(Path repository, Path data, int port) throws IOException {
        Path jar = repository.resolve("benchmarks/read-only-ingress/target/quarkus-app/quarkus-run.jar");
        return ChildProcess.start(
                service(jar, port, List.of()), data.resolve("webhook-ingress"), line -> line.contains("Listening on"));
    }

    /** The command that starts a packaged service on this port; garbage is collected as in the images. */
    static List<String> service(Path jar, int port, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(java(), "-Xmx512m", "-XX:+UseParallelGC", "-XX:NewRatio=1", "-XX:MetaspaceSize=160m"));
        command.addAll(options);
        command.addAll(List.of(
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.management.port=" + freePort(),
                "-jar",
                jar.toAbsolutePath().toString()));
        return command;
    }

    /** The JVM that runs this. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static ChildProcess bareServer(SuiteUnderTest suite, int port) throws IOException {
        List<String> command = List.of(
                java(),
                "-cp",
                System.getProperty("java.class.path"),
                BareServer.class.getName(),
                String.valueOf(port),
                suite.postgres("postgres"));
        return ChildProcess.start(command, Path.of("").toAbsolutePath(), BareServer.READY::equals);
    }

    private static void print(Measurement m) {
        String ratio = m.ratio() == null ? "" : String.format(Locale.ROOT, "  ratio %.2f", m.ratio());
        String aim = m.target() == null ? "" : "  (aim: " + m.target() + ")";
        System.out.printf(Locale.ROOT, "  %-75s %,12.2f %s%s%s%n", m.what(), m.value(), m.unit(), ratio, aim);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
