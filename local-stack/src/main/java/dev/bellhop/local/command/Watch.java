package dev.bellhop.local.command;

import dev.bellhop.local.LocalProcess;
import dev.bellhop.local.RunFile;
import dev.bellhop.local.Service;
import dev.bellhop.local.StartFailure;
import dev.bellhop.local.Suite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
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
        while (mended()) {
            RunFile.write(suite);
        }
        suite.close();
    }

    /** Waits for a death, and starts again all that has died when the pause is over. */
    private boolean mended() throws InterruptedException {
        List<LocalProcess> dead = new ArrayList<>();
        if (!isStartedAgain(deaths.take(), dead)) {
            return false;
        }
        progress.say("bellhop: starting it again in " + UpCommand.OUTAGE_SECONDS + " s");
        TimeUnit.SECONDS.sleep(UpCommand.OUTAGE_SECONDS);
        for (Death death = deaths.poll(); death != null; death = deaths.poll()) {
            if (!isStartedAgain(death, dead)) {
                return false;
            }
        }
        // What they need comes before the services.
        dead.sort(Comparator.comparing(Watch::isService));
        for (LocalProcess process : dead) {
            if (!restart(process)) {
                return false;
            }
        }
        return true;
    }

    private boolean isStartedAgain(Death death, List<LocalProcess> dead) {
        if (suite.isStopping()) {
            return false;
        }
        LocalProcess process = death.process();
        progress.say("bellhop: " + process.name() + " died (exit status " + death.status() + "); its log is "
                + process.log());
        dead.add(process);
        int count = counts.merge(process.name(), 1, Integer::sum);
        return count <= MOST_DEATHS && !(isService(process) && onDeath == OnDeath.STOP);
    }

    private static boolean isService(LocalProcess process) {
        return Arrays.stream(Service.values())
                .anyMatch(service -> service.folder().equals(process.name()));
    }

    /** A service that could not start as what it needs has died meanwhile counts as one that died again. */
    private boolean restart(LocalProcess process) {
        try {
            suite.start(process);
        } catch (StartFailure e) {
            progress.say("bellhop: " + e.getMessage());
            if (!isService(process) || storesAreAlive()) {
                return false;
            }
        }
        watch(process);
        return true;
    }

    private boolean storesAreAlive() {
        return suite.processes().stream().allMatch(process -> isService(process) || process.isAlive());
    }
}
