package dev.bellhop.local.command;

import dev.bellhop.local.DataFolder;
import dev.bellhop.local.PortPlan;
import dev.bellhop.local.RunFile;
import dev.bellhop.local.Service;
import dev.bellhop.local.StartFailure;
import dev.bellhop.local.StopOnSignal;
import dev.bellhop.local.Suite;
import dev.bellhop.local.SuitePlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts everything and stays in the foreground until Ctrl-C, SIGTERM, or the death of a service. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Start Kafka, PostgreSQL and the three services, and stay until Ctrl-C.",
        footer = {
            "",
            "Where everything listens, with the keys, is written to DIR/run.json.",
            "A service that dies ends the suite with exit status 1, unless --restart is given.",
            "Kafka and PostgreSQL are started again after " + UpCommand.OUTAGE_SECONDS
                    + " s: the services ride that out."
        })
final class UpCommand implements Callable<Integer> {

    static final int OUTAGE_SECONDS = 5;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            converter = ReadableFile.class,
            description = "Properties for all services, over the launcher's own.")
    private @Nullable Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".bellhop",
            description = "Where data, keys and logs are kept. Default: ${DEFAULT-VALUE}")
    private Path data = Path.of(".bellhop");

    @Option(
            names = "--ports-from",
            paramLabel = "N",
            description = {
                "order-service on N, payment-gateway N+1, webhook-ingress N+2, their management on 1000 more,",
                "Kafka on N+3 and N+4, PostgreSQL N+5. Default: 8080 to 8082, 9092, 5432, or free ones if taken."
            })
    private @Nullable Integer portsFrom;

    @Option(
            names = "--only",
            paramLabel = "SERVICE",
            converter = ServiceConverter.class,
            description = "Only this service and what it needs; may be given twice.")
    private Set<Service> only = EnumSet.noneOf(Service.class);

    @Option(names = "--restart", description = "Start a service that dies again after " + OUTAGE_SECONDS + " s.")
    private boolean restart;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        CommandSpec command = Objects.requireNonNull(spec);
        PrintWriter out = command.commandLine().getOut();
        String settings = settings(command);
        try (DataFolder folder = DataFolder.open(data)) {
            PortPlan ports = portsFrom == null ? PortPlan.standard() : PortPlan.from(portsFrom);
            SuitePlan plan = SuitePlan.of(folder.path(), ports).with(settings);
            ConsoleProgress progress = new ConsoleProgress(out, ConsoleProgress.Terminal.current());
            Suite suite = new Suite(only.isEmpty() ? plan : plan.only(only), progress);
            StopOnSignal signal = StopOnSignal.of(suite, () -> RunFile.delete(folder.path()));
            try {
                suite.start();
            } catch (StartFailure e) {
                signal.thenWait();
                throw e;
            }
            RunFile.write(suite);
            Welcome.print(out, suite, data, Duration.ofNanos(System.nanoTime() - begin));
            new Watch(suite, progress, restart ? Watch.OnDeath.RESTART : Watch.OnDeath.STOP).untilADeath();
            signal.thenWait();
            return 1;
        } finally {
            out.flush();
        }
    }

    private String settings(CommandSpec command) throws IOException {
        if (config == null) {
            return "";
        }
        try {
            return Files.readString(config);
        } catch (CharacterCodingException e) {
            throw new ParameterException(command.commandLine(), "--config: " + config + " is not UTF-8", e);
        }
    }
}
