package dev.bellhop.gateway.persistence;

import dev.bellhop.chassis.DatabaseConnections;
import dev.bellhop.gateway.app.Doorbell;
import dev.bellhop.gateway.app.FollowSimulator;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgNotification;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * This instance's own connection. It hears what other instances have done, and holds a lock that PostgreSQL lets go when
 * the process dies: so the others know at once whose leases are void. It asks something all the time, so that either end
 * notices when the other went without a word: PostgreSQL then ends the session ({@code idle_session_timeout}), and its lock with it.
 */
@Singleton
final class DatabaseSession {

    static final String CHANNEL = "gateway";
    /** The first half of every instance's advisory lock. */
    static final int LOCK_CLASS = 0x62656c6c;

    /** Shared, because an earlier session of this instance may hold it still: PostgreSQL learns of its end later than we do. */
    private static final String LOCK = "select pg_advisory_lock_shared($1, $2)";

    private static final Logger LOG = Logger.getLogger(DatabaseSession.class);
    private static final int RECONNECT_MILLIS = 1_000;

    private final Vertx vertx;
    private final DatabaseConnections connections;
    private final Map<String, String> properties;
    private final long askMillis;
    private final Provider<Doorbell> doorbell;
    private final Provider<FollowSimulator> followSimulator;
    private final int instance = new SecureRandom().nextInt(1, Integer.MAX_VALUE);
    private volatile boolean stopping;
    private volatile @Nullable PgConnection connection;
    private volatile boolean holdsLock;

    DatabaseSession(
            Vertx vertx,
            Provider<Doorbell> doorbell,
            Provider<FollowSimulator> followSimulator,
            DatabaseConnections connections,
            Database.Settings settings) {
        this.vertx = vertx;
        this.doorbell = doorbell;
        this.followSimulator = followSimulator;
        this.connections = connections;
        this.askMillis = settings.silence().toMillis() / 4;
        this.properties = Map.of(
                "idle_session_timeout", String.valueOf(settings.silence().toMillis()),
                "statement_timeout", String.valueOf(askMillis));
    }

    /** The number of this instance, as the others hear it. */
    long instance() {
        return instance;
    }

    /** The number by which leases name this instance. Without its lock they name nobody, and end by themselves. */
    @Nullable
    Long leaseholder() {
        return holdsLock ? Long.valueOf(instance) : null;
    }

    void start(@Observes StartupEvent started) {
        connect();
    }

    void stop(@Observes ShutdownEvent stopped) {
        stopping = true;
        PgConnection open = connection;
        if (open != null) {
            open.close();
        }
    }

    private void connect() {
        connections
                .open(vertx, properties)
                .onSuccess(this::connected)
                .onFailure(failure -> later(failure.getMessage()));
    }

    private void connected(PgConnection opened) {
        connection = opened;
        opened.notificationHandler(this::heard);
        ask(opened);
        opened.closeHandler(closed -> {
            connection = null;
            holdsLock = false;
            later("closed");
        });
        opened.query("listen " + CHANNEL)
                .execute()
                .onSuccess(listening -> catchUp())
                .compose(listening -> opened.preparedQuery(LOCK).execute(Tuple.of(LOCK_CLASS, instance)))
                .onSuccess(locked -> holdsLock = true)
                .onFailure(failure -> opened.close());
    }

    /** What was said while nobody listened. */
    private void catchUp() {
        follow();
        doorbell.get().ring();
    }

    private void heard(PgNotification notification) {
        String payload = notification.getPayload();
        if (payload.equals("simulator " + instance)) {
            return;
        }
        if (payload.startsWith("simulator")) {
            follow();
            return;
        }
        doorbell.get().ring();
    }

    /** One question after the other: were they asked by the clock, something would go for ever where nothing comes. */
    private void ask(PgConnection opened) {
        vertx.setTimer(askMillis, due -> {
            if (opened.equals(connection)) {
                opened.query("select 1")
                        .execute()
                        .onFailure(failure -> opened.close())
                        .onComplete(answer -> ask(opened));
            }
        });
    }

    private void follow() {
        var unused = followSimulator.get().run().subscribe().with(done -> {}, this::followLater);
    }

    /** Nobody says it again; unless the session is lost as well, which catches up when it is back. */
    private void followLater(Throwable failure) {
        LOG.warnf("simulator state not read reason=%s", failure.getMessage());
        if (connection != null) {
            vertx.setTimer(RECONNECT_MILLIS, timer -> follow());
        }
    }

    private void later(@Nullable String reason) {
        if (!stopping) {
            LOG.warnf("database session lost reason=%s", reason);
            vertx.setTimer(RECONNECT_MILLIS, timer -> connect());
        }
    }
}
