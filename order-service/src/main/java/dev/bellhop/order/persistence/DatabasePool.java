package dev.bellhop.order.persistence;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.quarkus.credentials.CredentialsProvider;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The pool of Quarkus' own settings, but that nobody waits for ever for a server that went without a word (a node without
 * power, a network that parted): TCP alone would wait for a quarter of an hour. A connection on which nothing came or went for
 * as long as {@link Settings#silence} is closed, and who waited for it is told; one that had nothing to do is opened anew when it
 * is needed. The server itself ends a statement before that ({@code statement_timeout}), and the transaction of a client that went.
 */
@Singleton
final class DatabasePool implements PgPoolCreator {

    private static final Logger LOG = Logger.getLogger(DatabasePool.class);
    private static final String WAITS = "io.vertx.sqlclient.impl.pool.SqlConnectionPool";

    private final Settings settings;
    private final MountedCredentials credentials;
    private final @Nullable String credentialsFolder;
    private final AtomicInteger next = new AtomicInteger();

    DatabasePool(
            Settings settings,
            MountedCredentials credentials,
            @ConfigProperty(name = "quarkus.datasource.credentials-provider") Optional<String> credentialsFolder) {
        this.settings = settings;
        this.credentials = credentials;
        this.credentialsFolder = credentialsFolder.orElse(null);
    }

    /** Settings. */
    @ConfigMapping(prefix = "orders.database")
    interface Settings {

        /** A connection on which nothing came or went for so long is closed. Longer than any statement takes. */
        @WithDefault("20s")
        Duration silence();

        /** Time to open a connection, and time to wait for one of the pool. */
        @WithDefault("5s")
        Duration connectTimeout();
    }

    @Override
    public Pool create(Input input) {
        List<PgConnectOptions> servers = input.pgConnectOptionsList();
        for (PgConnectOptions server : servers) {
            // Not that for reading alone: to a question it would leave what the connection's rest has left of it.
            server.setIdleTimeout(Math.toIntExact(settings.silence().toMillis()));
            server.setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
            server.setConnectTimeout(Math.toIntExact(settings.connectTimeout().toMillis()));
        }
        input.poolOptions()
                .setConnectionTimeout(Math.toIntExact(settings.connectTimeout().toMillis()))
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
        input.vertx().exceptionHandler(DatabasePool::uncaught);
        return PgBuilder.pool()
                .with(input.poolOptions())
                .using(input.vertx())
                .connectingTo(() ->
                        current(input.vertx(), servers.get(Math.floorMod(next.getAndIncrement(), servers.size()))))
                .withConnectHandler(DatabasePool::hangUpWhenSilent)
                .build();
    }

    /**
     * The driver says goodbye on a connection that is silent, and waits until the other end has hung up: of a database that stands
     * still, or is dead, that is never, and nor would those be told who wait for it.
     */
    private static void hangUpWhenSilent(SqlConnection connection) {
        SocketConnectionBase own = (SocketConnectionBase)
                ((SqlConnectionInternal) connection).unwrap().unwrap();
        ChannelPipeline pipeline = own.socket().channelHandlerContext().pipeline();
        String silence = pipeline.context(IdleStateHandler.class).name();
        pipeline.addAfter(silence, "hang-up", new ChannelInboundHandlerAdapter() {
            @Override
            public void userEventTriggered(ChannelHandlerContext context, Object event) {
                if (event instanceof IdleStateEvent) {
                    // from below the driver
                    var unused = context.close();
                } else {
                    context.fireUserEventTriggered(event);
                }
            }
        });
        var unused = connection.close();
    }

    /**
     * Logs it, as Quarkus does. But a wait for a connection that failed is ended once more when its time is over (vertx-sql-client,
     * issue 1706): while the database is away that would be a stack trace for each question.
     */
    private static void uncaught(Throwable failure) {
        boolean isOver = failure instanceof IllegalStateException
                && Arrays.stream(failure.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(WAITS));
        if (isOver) {
            LOG.debug("a wait for a connection is over again");
        } else {
            LOG.error("uncaught failure", failure);
        }
    }

    /**
     * For a connection that somebody holds while nothing is asked on it, and that breaks then: whatever is asked next fails, and
     * says so. Unless it is heard of here, the client prints its stack trace past the log.
     */
    static void broken(Throwable failure) {
        LOG.debugf("held connection broke reason=%s", failure.getMessage());
    }

    /** A mounted password may have changed since the last time. */
    private Future<SqlConnectOptions> current(Vertx vertx, PgConnectOptions server) {
        String folder = credentialsFolder;
        if (folder == null) {
            return Future.succeededFuture(server);
        }
        return vertx.executeBlocking(
                () -> {
                    Map<String, String> mounted = credentials.getCredentials(folder);
                    return new PgConnectOptions(server)
                            .setUser(mounted.get(CredentialsProvider.USER_PROPERTY_NAME))
                            .setPassword(mounted.get(CredentialsProvider.PASSWORD_PROPERTY_NAME));
                },
                false);
    }
}
