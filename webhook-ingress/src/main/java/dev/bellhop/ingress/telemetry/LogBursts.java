package dev.bellhop.ingress.telemetry;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.handlers.ConsoleHandler;

/**
 * Writes log lines in bursts: a call of the operating system for each line would be a tenth of what a delivery costs. A line
 * is on the console after a tenth of a second at the latest; only a kill takes the last ones with it.
 */
@Singleton
final class LogBursts {

    private static final long EVERY_MILLIS = 100;

    private final List<ConsoleHandler> consoles = new ArrayList<>();

    void start(@Observes StartupEvent event, Vertx vertx) {
        find(Logger.getLogger("").getHandlers());
        if (!consoles.isEmpty()) {
            consoles.forEach(console -> console.setAutoFlush(false));
            // on a thread that may wait: whoever reads our lines may be slow
            vertx.setPeriodic(EVERY_MILLIS, timer -> vertx.executeBlocking(this::flushed, false));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        consoles.forEach(console -> console.setAutoFlush(true));
        flushed();
    }

    private Void flushed() {
        consoles.forEach(ConsoleHandler::flush);
        return null;
    }

    private void find(Handler[] handlers) {
        for (Handler handler : handlers) {
            if (handler instanceof ConsoleHandler console) {
                consoles.add(console);
            } else if (handler instanceof ExtHandler nesting) {
                find(nesting.getHandlers());
            }
        }
    }
}
