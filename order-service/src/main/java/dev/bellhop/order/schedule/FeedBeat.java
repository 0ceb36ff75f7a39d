package dev.bellhop.order.schedule;

import dev.bellhop.order.app.OrderFeed;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Keeps streams alive through proxies that cut silent connections, usually after 30 or 60 seconds, also while the database takes
 * its time; and looks there for what the broker did not tell.
 */
@Singleton
final class FeedBeat {

    private static final Logger LOG = Logger.getLogger(FeedBeat.class);

    private final OrderFeed feed;

    FeedBeat(OrderFeed feed) {
        this.feed = feed;
    }

    @Scheduled(every = "${orders.stream.heartbeat:15s}", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void beat() {
        feed.beat();
    }

    @Scheduled(
            every = "${orders.stream.heartbeat:15s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> endRefused() {
        return feed.endRefused();
    }

    @Scheduled(
            every = "${orders.stream.heartbeat:15s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> catchUp() {
        return feed.catchUp()
                .onFailure()
                .invoke(failure -> LOG.warnf("watched orders not looked up reason=%s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
