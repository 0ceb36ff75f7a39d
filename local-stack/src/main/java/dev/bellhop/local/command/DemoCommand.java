package dev.bellhop.local.command;

import dev.bellhop.local.DataFolder;
import dev.bellhop.local.PortPlan;
import dev.bellhop.local.RunFile;
import dev.bellhop.local.Service;
import dev.bellhop.local.StartFailure;
import dev.bellhop.local.StopOnSignal;
import dev.bellhop.local.Suite;
import dev.bellhop.local.SuitePlan;
import dev.bellhop.local.TemporaryFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The article's two examples on a suite of their own, told step by step. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Walk through the article's two examples on a suite of its own, on free ports.",
        footer = {"", "Exit status 0 only if every step was as it should be."})
final class DemoCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PortPlan ports = PortPlan.free();
        TemporaryFolder temporary = TemporaryFolder.create("bellhop-demo-");
        try (DataFolder folder = DataFolder.open(temporary.path());
                WebhookTap tap = WebhookTap.before(ports.httpPort(Service.WEBHOOK_INGRESS))) {
            SuitePlan plan = SuitePlan.of(folder.path(), ports).webhooksTo(tap.port());
            ConsoleProgress progress = new ConsoleProgress(out, ConsoleProgress.Terminal.current());
            Suite suite = new Suite(plan.quickToStart(), progress);
            StopOnSignal signal = StopOnSignal.of(suite, () -> RunFile.delete(folder.path()));
            progress.say("Starting a suite of its own in " + folder.path());
            try {
                suite.start();
                new ArticleWalk(suite, tap, out).run();
            } catch (StartFailure | StepFailure e) {
                signal.thenWait();
                out.println("\nFAILED: " + e.getMessage());
                out.println("The logs are in " + folder.path().resolve("logs"));
                suite.close();
                return 1;
            }
            out.println();
            suite.close();
            temporary.delete();
            out.println("\nEvery step was as it should be.");
            return 0;
        } finally {
            out.flush();
        }
    }
}
