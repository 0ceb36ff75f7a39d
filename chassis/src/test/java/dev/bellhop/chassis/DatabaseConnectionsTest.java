package dev.bellhop.chassis;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseConnectionsTest {

    private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(500);
    /** The first message of who wants TLS, as PostgreSQL's protocol has it. */
    private static final int SSL_REQUEST = 80_877_103;

    private final BlockingQueue<Socket> accepted = new LinkedBlockingQueue<>();
    private final Vertx vertx = Vertx.vertx();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread acceptor = new Thread(() -> {
            while (!server.isClosed()) {
                try {
                    accepted.add(server.accept());
                } catch (IOException e) {
                    return;
                }
            }
        });
        acceptor.setDaemon(true);
        acceptor.start();
    }

    @AfterEach
    void close() throws IOException {
        var unused = vertx.close();
        server.close();
        for (Socket socket : accepted) {
            socket.close();
        }
    }

    /** As one does that stands still: its kernel accepts for it. */
    @Test
    void a_server_that_accepts_and_never_greets_keeps_no_place_of_the_pool() throws InterruptedException {
        // Given
        Pool pool = new DatabaseConnections(Duration.ofSeconds(60), CONNECT_TIMEOUT, null).create(input(server()));

        // When
        Socket first = tried(pool);

        // Then
        assertThat(first).isNotNull();
        assertThat(tried(pool)).as("the next try").isNotNull();
    }

    @Test
    void who_opens_a_connection_that_is_never_greeted_is_told_in_time() {
        // Given
        DatabaseConnections connections = new DatabaseConnections(Duration.ofSeconds(60), CONNECT_TIMEOUT, null);
        connections.create(input(server()));

        // When
        var opened = connections.open(vertx, Map.of()).toCompletionStage().toCompletableFuture();

        // Then
        assertThat(opened).failsWithin(Duration.ofSeconds(10));
    }

    @Test
    void a_connection_beside_the_pool_demands_tls_where_the_pool_does() throws Exception {
        // Given
        DatabaseConnections connections = new DatabaseConnections(Duration.ofSeconds(60), CONNECT_TIMEOUT, null);
        connections.create(input(server().setSslMode(SslMode.REQUIRE)));

        // When
        var unused = connections.open(vertx, Map.of());

        // Then
        DataInputStream said = new DataInputStream(
                requireNonNull(accepted.poll(10, TimeUnit.SECONDS)).getInputStream());
        assertThat(said.readInt()).as("length").isEqualTo(8);
        assertThat(said.readInt()).isEqualTo(SSL_REQUEST);
    }

    /** Asks until the server is asked; null if that takes too long. */
    private @Nullable Socket tried(Pool pool) throws InterruptedException {
        Socket socket = null;
        for (int i = 0; i < 100 && socket == null; i++) {
            var unused = pool.getConnection();
            socket = accepted.poll(100, TimeUnit.MILLISECONDS);
        }
        return socket;
    }

    private PgPoolCreator.Input input(PgConnectOptions server) {
        PoolOptions one = new PoolOptions().setMaxSize(1);
        return new PgPoolCreator.Input() {
            @Override
            public Vertx vertx() {
                return vertx;
            }

            @Override
            public PoolOptions poolOptions() {
                return one;
            }

            @Override
            public List<PgConnectOptions> pgConnectOptionsList() {
                return List.of(server);
            }
        };
    }

    private PgConnectOptions server() {
        return new PgConnectOptions()
                .setHost(server.getInetAddress().getHostAddress())
                .setPort(server.getLocalPort())
                .setUser("nobody")
                .setPassword("")
                .setDatabase("none");
    }
}
