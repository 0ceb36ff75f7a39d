package dev.bellhop.chassis;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.quarkus.credentials.CredentialsProvider;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.impl.NetSocketInternal;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.impl.PgConnectionFactory;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.ClientBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import io.vertx.sqlclient.spi.ConnectionFactory;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Connections by Quarkus' own settings, but that nobody waits for ever for a server that went without a word (a node without
 * power, a network that parted): TCP alone would wait for a quarter of an hour. A connection on which nothing came or went for as long
 * as it may be silent is closed, and who waited for it is told; one of the pool that had nothing to do is opened anew
 * when it is needed. The server itself ends a statement before that ({@code statement_timeout}), and the transaction of a
 * client that went.
 */
public final class DatabaseConnections implements PgPoolCreator {

    private static final Logger LOG = Logger.getLogger(DatabaseConnections.class);
    private static final String GREETING = "greeting";
    private static final String WAITS = "io.vertx.sqlclient.impl.pool.SqlConnectionPool";

    private final int silenceMillis;
    private final int connectMillis;
    private final @Nullable String credentialsFolder;
    private final AtomicInteger next = new AtomicInteger();
    /** The pool's, with all that they demand. */
    private volatile List<PgConnectOptions> servers = List.of();

    /**
     * With bounds for whatever waits.
     *
     * @param silence a connection on which nothing came or went for so long is closed; longer than any statement takes
     * @param connectTimeout to open a connection, to be greeted on it, and to wait for one of the pool
     * @param credentialsFolder where {@link MountedCredentials} are; null if the settings have user and password
     */
    public DatabaseConnections(Duration silence, Duration connectTimeout, @Nullable String credentialsFolder) {
        this.silenceMillis = Math.toIntExact(silence.toMillis());
        this.connectMillis = Math.toIntExact(connectTimeout.toMillis());
        this.credentialsFolder = credentialsFolder;
    }

    @Override
    public Pool create(Input input) {
        servers = input.pgConnectOptionsList();
        servers.forEach(this::bound);
        input.poolOptions().setConnectionTimeout(connectMillis).setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
        input.vertx().exceptionHandler(DatabaseConnections::uncaught);
        return ClientBuilder.pool(new GreetedInTime())
                .with(input.poolOptions())
                .using(input.vertx())
                .connectingTo(() -> current(input.vertx(), nextServer()).map(SqlConnectOptions.class::cast))
                .withConnectHandler(opened -> {
                    hangUp(opened);
                    var unused = opened.close();
                })
                .build();
    }

    /**
     * Hangs up when nothing comes or goes, or the connection breaks, and who waits for an answer is told. The driver would say
     * goodbye on one that is silent, and wait until the other end has hung up: of a database that stands still, or is dead, that
     * is never. Of one that breaks, as each does when the database stops, it would print a stack trace past the log,
     * if somebody holds it.
     */
    private static void hangUp(SqlConnection connection) {
        SocketConnectionBase own = (SocketConnectionBase)
                ((SqlConnectionInternal) connection).unwrap().unwrap();
        ChannelPipeline pipeline = own.socket().channelHandlerContext().pipeline();
        pipeline.remove(GREETING);
        pipeline.addBefore("handler", "hang-up", new ChannelInboundHandlerAdapter() {
            @Override
            public void userEventTriggered(ChannelHandlerContext context, Object event) {
                if (event instanceof IdleStateEvent) {
                    close(context);
                } else {
                    context.fireUserEventTriggered(event);
                }
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
                LOG.debugf("connection broke reason=%s", failure.getMessage());
                close(context);
            }

            /** From below the driver. */
            private void close(ChannelHandlerContext context) {
                var unused = context.pipeline().firstContext().close();
            }
        });
    }

    /**
     * A connection beside the pool, which there is by then, and as its own are: with the same user, and the same TLS. Who opens it
     * asks something more often than it may be silent, and not while it waits for an answer.
     *
     * @param properties of its session, where they are not as the pool's
     */
    public Future<PgConnection> open(Vertx vertx, Map<String, String> properties) {
        PgConnectOptions server = new PgConnectOptions(nextServer());
        properties.forEach(server::addProperty);
        ConnectionFactory factory = new GreetedInTime().createConnectionFactory(vertx, () -> current(vertx, server));
        return factory.connect(vertx.getOrCreateContext())
                .map(PgConnection.class::cast)
                .onSuccess(DatabaseConnections::hangUp)
                .onFailure(failure -> factory.close(Promise.promise()));
    }

    /**
     * The driver believes that it is connected as soon as the kernel of the other end is, and waits for the greeting: of a
     * database that stands still that is for ever, with a place of the pool.
     */
    private final class GreetedInTime extends PgDriver {

        @Override
        public ConnectionFactory createConnectionFactory(
                Vertx vertx, Supplier<? extends Future<? extends SqlConnectOptions>> servers) {
            return new PgConnectionFactory((VertxInternal) vertx, servers) {
                @Override
                protected NetClient netClient(NetClientOptions options) {
                    return bounded(super.netClient(options));
                }
            };
        }

        private NetClient bounded(NetClient client) {
            InvocationHandler connecting = (proxy, method, arguments) -> {
                try {
                    Object result = method.invoke(client, arguments);
                    return result instanceof Future<?> connected ? connected.onSuccess(this::bound) : result;
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            };
            return (NetClient) Proxy.newProxyInstance(
                    NetClient.class.getClassLoader(), new Class<?>[] {NetClient.class}, connecting);
        }

        private void bound(Object connected) {
            if (connected instanceof NetSocketInternal socket) {
                socket.channelHandlerContext()
                        .pipeline()
                        .addFirst(GREETING, new ReadTimeoutHandler(connectMillis, TimeUnit.MILLISECONDS));
            }
        }
    }

    private PgConnectOptions nextServer() {
        return servers.get(Math.floorMod(next.getAndIncrement(), servers.size()));
    }

    private void bound(PgConnectOptions server) {
        // Not that for reading alone: to a question it would leave what the connection's rest has left of it.
        server.setIdleTimeout(silenceMillis);
        server.setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        server.setConnectTimeout(connectMillis);
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

    /** A mounted password may have changed since the last time. */
    private Future<PgConnectOptions> current(Vertx vertx, PgConnectOptions server) {
        String folder = credentialsFolder;
        if (folder == null) {
            return Future.succeededFuture(server);
        }
        return vertx.executeBlocking(
                () -> {
                    Map<String, String> mounted = new MountedCredentials().getCredentials(folder);
                    return new PgConnectOptions(server)
                            .setUser(mounted.get(CredentialsProvider.USER_PROPERTY_NAME))
                            .setPassword(mounted.get(CredentialsProvider.PASSWORD_PROPERTY_NAME));
                },
                false);
    }
}
