package dev.bellhop.order.persistence;

import dev.bellhop.order.app.RelaySignals;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.SqlConnection;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Hears the NOTIFY of a committed outbox row, on a connection that it borrows from the pool for good: whatever opens the
 * pool's connections (TLS, a rotated password) opens this one too.
 */
@Singleton
final class PostgresRelaySignals implements RelaySignals {

    private static final String LISTEN = "listen outbox";
    private static final long RECONNECT_MILLIS = 1_000;

    private final Vertx vertx;
    private final Pool pool;
    private volatile @Nullable PgConnection listening;
    private volatile boolean stopped;

    PostgresRelaySignals(Vertx vertx, Pool pool) {
        this.vertx = vertx;
        this.pool = pool;
    }

    @Override
    public void onChange(Runnable ring) {
        pool.getDelegate().getConnection().onComplete(answer -> {
            if (answer.failed()) {
                again(ring);
                return;
            }
            listen(answer.result(), ring);
        });
    }

    private void listen(SqlConnection borrowed, Runnable ring) {
        PgConnection connection = PgConnection.cast(borrowed);
        listening = connection;
        connection.notificationHandler(notification -> ring.run());
        connection.closeHandler(closed -> again(ring));
        connection.query(LISTEN).execute().onFailure(failure -> connection.close());
    }

    /** Until it is connected, and whenever it is not, the sweep finds what there is. */
    private void again(Runnable ring) {
        if (!stopped) {
            vertx.setTimer(RECONNECT_MILLIS, due -> onChange(ring));
        }
    }

    void stop(@Observes ShutdownEvent stopping) {
        stopped = true;
        PgConnection connection = listening;
        if (connection != null) {
            connection.close();
        }
    }
}
