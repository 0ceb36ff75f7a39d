package dev.bellhop.local.command;

import dev.bellhop.local.LocalProcess;
import dev.bellhop.local.RunFile;
import dev.bellhop.local.Service;
import dev.bellhop.local.StartFailure;
import dev.bellhop.local.Suite;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Sees a process die, says so, and starts it again where that was asked for. */
final class Watch {

    /** More often than this, and something is wrong that a restart does not mend. */
    private static final int MOST_DEATHS = 5;

    private final Suite suite;
    private final ConsoleProgress progress;
    private final OnDeath onDeath;
    private final BlockingQueue<Death> deaths = new LinkedBlockingQueue<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /** What becomes of the suite when a service dies. */
    enum OnDeath {
        STOP,
        RESTART
    }

    private record Death(LocalProcess process, int status) {}

    Watch(Suite suite, ConsoleProgress progress, OnDeath onDeath) {
        this.suite = suite;
        this.progress = progress;
        this.onDeath = onDeath;
        suite.processes().forEach(this::watch);
    }

    private void watch(LocalProcess process) {
        process.onEnd(status -> deaths.add(new Death(process, status)));
    }

    /** Returns when something died that is not started again; then the suite is being stopped. */
    void untilADeath() throws InterruptedException, IOException {
        while (true) {
            Death death = deaths.take();
            if (suite.isStopping()) {
                return;
            }
            LocalProcess process = death.process();
            progress.say("bellhop: " + process.name() + " died (exit status " + death.status() + "); its log is "
                    + process.log());
            int count = counts.merge(process.name(), 1, Integer::sum);
            if ((isService(process) && onDeath == OnDeath.STOP) || count > MOST_DEATHS || !restart(process)) {
                suite.close();
                return;
            }
        }
    }

    private static boolean isService(LocalProcess process) {
        return Arrays.stream(Service.values())
                .anyMatch(service -> service.folder().equals(process.name()));
    }

    private boolean restart(LocalProcess process) throws InterruptedException, IOException {
        progress.say("bellhop: starting it again in " + UpCommand.OUTAGE_SECONDS + " s");
        TimeUnit.SECONDS.sleep(UpCommand.OUTAGE_SECONDS);
        try {
            suite.start(process);
        } catch (StartFailure e) {
            progress.say("bellhop: " + e.getMessage());
            return false;
        }
        watch(process);
        RunFile.write(suite);
        return true;
    }
}
