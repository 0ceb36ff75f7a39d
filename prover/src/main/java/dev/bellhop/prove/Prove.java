package dev.bellhop.prove;

import dev.bellhop.local.StartFailure;
import dev.bellhop.local.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./bellhop prove}: breaks the suite and shows that every order ends in the right state. */
@Command(
        name = "bellhop prove",
        mixinStandardHelpOptions = true,
        description = {
            "Drives orders through the suite, breaks it meanwhile by a seeded schedule, and compares every order with",
            "what the provider knows."
        },
        footer = {"", "Exit status 0 only if every guarantee held."})
@SuppressWarnings("SystemOut") // a command talks to the person who called it
final class Prove implements Callable<Integer> {

    @Option(names = "--orders", defaultValue = "5000", description = "How many. Default: ${DEFAULT-VALUE}")
    private int orders;

    @Option(names = "--rate", defaultValue = "25", description = "Orders a second. Default: ${DEFAULT-VALUE}")
    private int rate;

    @Option(
            names = "--every",
            defaultValue = "10",
            description = "Seconds between disturbances. Default: ${DEFAULT-VALUE}")
    private int every;

    @Option(names = "--seed", description = "Repeats a run's journeys, faults and disturbances. Default: a new one")
    private @Nullable Long seed;

    @Option(
            names = "--out",
            defaultValue = ".bellhop/prove",
            description = "Where the report goes. Default: ${DEFAULT-VALUE}")
    private Path out = Path.of(".bellhop/prove");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Held here, or its level would be forgotten with it. */
    private static final Logger KAFKA_LOG = Logger.getLogger("org.apache.kafka");

    public static void main(String[] arguments) {
        // What its clients say while their broker is being killed is no news.
        KAFKA_LOG.setLevel(Level.SEVERE);
        System.exit(new CommandLine(new Prove()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (orders < 1 || rate < 1 || every < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--orders, --rate and --every are whole numbers from 1 on");
        }
        long chosen = seed == null ? new Random().nextInt(1_000_000) : seed;
        Duration driving = Duration.ofSeconds(Math.max(1, orders / rate));
        Trial trial = new Trial(
                orders,
                rate,
                chosen,
                Disturbance.schedule(chosen, driving, Duration.ofSeconds(every)),
                Trial.Pace.NORMAL,
                Map.of(),
                "");
        String command =
                "./bellhop prove --orders " + orders + " --rate " + rate + " --every " + every + " --seed " + chosen;
        System.out.println(command);
        Files.createDirectories(out);
        TemporaryFolder folder = TemporaryFolder.create("bellhop-prove-");
        Trial.Outcome outcome;
        ProgressBar bar = new ProgressBar(System.out);
        try {
            outcome = trial.run(folder, bar);
        } catch (StartFailure e) {
            System.out.println("\nFAILED: " + e.getMessage());
            return 1;
        } finally {
            bar.end();
        }
        outcome.verdicts().forEach(Prove::print);
        new Report(outcome, command).write(out);
        System.out.println("\nreport: " + out.resolve("prove-report.html"));
        if (outcome.kept()) {
            folder.delete();
            return 0;
        }
        System.out.println("FAILED with seed " + chosen + "; logs and data are in " + folder.path());
        System.out.println("repeat it with: " + command);
        return 1;
    }

    private static void print(Verdict verdict) {
        String mark = verdict.untested() ? "–" : verdict.kept() ? "✓" : "✗";
        System.out.printf(
                Locale.ROOT,
                "  %s %-3s %s (%,d checks%s)%n",
                mark,
                verdict.guarantee(),
                verdict.guarantee().promise(),
                verdict.checked(),
                verdict.broken().isEmpty() ? "" : ", " + verdict.broken().size() + " broken");
        verdict.broken().stream().limit(5).forEach(broken -> System.out.println("        " + broken));
    }
}
