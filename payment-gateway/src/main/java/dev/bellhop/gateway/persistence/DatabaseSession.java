package dev.bellhop.gateway.persistence;

import dev.bellhop.gateway.app.Doorbell;
import dev.bellhop.gateway.app.FollowSimulator;
import io.quarkus.credentials.CredentialsProvider;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgNotification;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * This instance's own connection. It hears what other instances have done, and holds a lock that PostgreSQL lets go when
 * the process dies: so the others know at once whose leases are void.
 */
@Singleton
final class DatabaseSession {

    static final String CHANNEL = "gateway";
    /** The first half of every instance's advisory lock. */
    static final int LOCK_CLASS = 0x62656c6c;

    private static final Logger LOG = Logger.getLogger(DatabaseSession.class);
    private static final int RECONNECT_MILLIS = 1_000;

    private final Vertx vertx;
    private final PgConnectOptions options;
    private final @Nullable String credentialsFolder;
    private final MountedCredentials credentials;
    private final Provider<Doorbell> doorbell;
    private final Provider<FollowSimulator> followSimulator;
    private final int instance = new SecureRandom().nextInt(1, Integer.MAX_VALUE);
    private volatile boolean stopping;
    private volatile @Nullable PgConnection connection;

    DatabaseSession(
            Vertx vertx,
            Provider<Doorbell> doorbell,
            Provider<FollowSimulator> followSimulator,
            @ConfigProperty(name = "quarkus.datasource.reactive.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") Optional<String> user,
            @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password,
            @ConfigProperty(name = "quarkus.datasource.credentials-provider") Optional<String> credentialsFolder,
            MountedCredentials credentials) {
        this.vertx = vertx;
        this.doorbell = doorbell;
        this.followSimulator = followSimulator;
        this.options = PgConnectOptions.fromUri(url.replaceFirst("^vertx-reactive:", ""));
        user.ifPresent(options::setUser);
        password.ifPresent(options::setPassword);
        this.credentialsFolder = credentialsFolder.orElse(null);
        this.credentials = credentials;
    }

    /** The number by which leases name this instance. */
    long instance() {
        return instance;
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

    /** A mounted password may have changed since the last time. */
    private PgConnectOptions current() {
        if (credentialsFolder == null) {
            return options;
        }
        Map<String, String> mounted = credentials.getCredentials(credentialsFolder);
        return new PgConnectOptions(options)
                .setUser(mounted.get(CredentialsProvider.USER_PROPERTY_NAME))
                .setPassword(mounted.get(CredentialsProvider.PASSWORD_PROPERTY_NAME));
    }

    private void connect() {
        PgConnection.connect(vertx, current())
                .onSuccess(this::connected)
                .onFailure(failure -> later(failure.getMessage()));
    }

    private void connected(PgConnection opened) {
        connection = opened;
        opened.closeHandler(closed -> later("closed"));
        opened.notificationHandler(this::heard);
        opened.preparedQuery("select pg_advisory_lock($1, $2)")
                .execute(Tuple.of(LOCK_CLASS, instance))
                .compose(locked -> opened.query("listen " + CHANNEL).execute())
                .onSuccess(listening -> catchUp())
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

    private void follow() {
        var unused = followSimulator
                .get()
                .run()
                .subscribe()
                .with(done -> {}, failure -> LOG.warnf("simulator state not read reason=%s", failure.getMessage()));
    }

    private void later(@Nullable String reason) {
        if (!stopping) {
            LOG.warnf("database session lost reason=%s", reason);
            vertx.setTimer(RECONNECT_MILLIS, timer -> connect());
        }
    }
}
