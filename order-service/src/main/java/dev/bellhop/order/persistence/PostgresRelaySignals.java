package dev.bellhop.order.persistence;

import dev.bellhop.order.app.RelaySignals;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.SqlConnection;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Notifies after a commit, never within the transaction: PostgreSQL lets one notifying transaction commit at a time. Hears
 * it on a connection that it borrows from the pool for good: whatever opens the
 * pool's connections (TLS, a rotated password) opens this one too.
 */
@Singleton
final class PostgresRelaySignals implements RelaySignals {

    private static final String LISTEN = "listen outbox";
    private static final String RING = "select pg_notify('outbox', '')";
    private static final long RECONNECT_MILLIS = 1_000;

    private final Vertx vertx;
    private final Pool pool;
    /** Between two questions whether it still hears: a connection on which nothing comes or goes is closed. */
    private final long listenAgainMillis;
    /** Rings that were not told yet. */
    private final AtomicInteger rings = new AtomicInteger();

    private volatile @Nullable PgConnection listening;
    private volatile boolean stopped;

    PostgresRelaySignals(Vertx vertx, Pool pool, Database.Settings settings) {
        this.vertx = vertx;
        this.pool = pool;
        this.listenAgainMillis = settings.silence().toMillis() / 4;
    }

    @Override
    public void onChange(Runnable ring) {
        pool.getDelegate().getConnection().onComplete(answer -> {
            if (answer.failed()) {
                again(ring);
                return;
            }
            begin(answer.result(), ring);
        });
    }

    private void begin(SqlConnection borrowed, Runnable ring) {
        PgConnection connection = PgConnection.cast(borrowed);
        listening = connection;
        connection.notificationHandler(notification -> ring.run());
        connection.closeHandler(closed -> over(connection, ring));
        listen(connection, ring);
    }

    /** One question after the other: were they asked by the clock, something would go for ever where nothing comes. */
    private void listen(PgConnection connection, Runnable ring) {
        if (connection.equals(listening)) {
            connection
                    .query(LISTEN)
                    .execute()
                    .onSuccess(answer -> vertx.setTimer(listenAgainMillis, due -> listen(connection, ring)))
                    .onFailure(failure -> over(connection, ring));
        }
    }

    /** It may have been closed before it was ours, and then nobody tells. */
    private void over(PgConnection connection, Runnable ring) {
        if (connection.equals(listening)) {
            listening = null;
            connection.close();
            again(ring);
        }
    }

    /** Until it is connected, and whenever it is not, the sweep finds what there is. */
    private void again(Runnable ring) {
        if (!stopped) {
            vertx.setTimer(RECONNECT_MILLIS, due -> onChange(ring));
        }
    }

    @Override
    public void ring() {
        if (rings.getAndIncrement() == 0) {
            tell();
        }
    }

    private void tell() {
        int heard = rings.get();
        pool.getDelegate().query(RING).execute().onComplete(told -> {
            if (rings.addAndGet(-heard) > 0) {
                tell();
            }
        });
    }

    void stop(@Observes ShutdownEvent stopping) {
        stopped = true;
        PgConnection connection = listening;
        if (connection != null) {
            connection.close();
        }
    }
}
