package dev.bellhop.bench;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/**
 * The yardstick of the order API, as a process of its own: {@code GET /rows/{id}} makes one primary-key read;
 * {@code POST /rows} makes one insert.
 * Arguments: port, PostgreSQL URI.
 */
final class BareServer {

    static final String READY = "bare server: ready";

    private static final String CREATE =
            "create table if not exists bare_row (id text primary key, value text not null)";
    private static final String READ = "select value from bare_row where id = $1";
    private static final String INSERT = "insert into bare_row (id, value) values ($1, $2)";

    private final Pool pool;

    private BareServer(Pool pool) {
        this.pool = pool;
    }

    /** Runs until its standard input ends. */
    @SuppressWarnings("SystemOut") // the line is how the bench learns that we are ready
    public static void main(String[] arguments) throws Exception {
        Vertx vertx = Vertx.vertx();
        Pool pool = PgBuilder.pool()
                .connectingTo(PgConnectOptions.fromUri(arguments[1])
                        .setCachePreparedStatements(true)
                        .setPipeliningLimit(1))
                .with(new PoolOptions().setMaxSize(20))
                .using(vertx)
                .build();
        BareServer server = new BareServer(pool);
        pool.query(CREATE)
                .execute()
                .compose(created -> pool.preparedQuery(
                                "insert into bare_row values ('1', 'Pending') on conflict do nothing")
                        .execute())
                .compose(seeded -> vertx.createHttpServer()
                        .requestHandler(server::answer)
                        .listen(Integer.parseInt(arguments[0]), "127.0.0.1"))
                .onSuccess(listening -> System.out.println(READY))
                .onFailure(failure -> System.exit(1));
        while (System.in.read() >= 0) {
            // only the end matters
        }
        System.exit(0);
    }

    private void answer(HttpServerRequest request) {
        String path = request.path();
        if (path.equals("/rows")) {
            request.body()
                    .compose(body -> pool.preparedQuery(INSERT)
                            .execute(Tuple.of(UUID.randomUUID().toString(), body.toString())))
                    .onSuccess(rows -> request.response().setStatusCode(201).end())
                    .onFailure(failure -> request.response().setStatusCode(500).end());
            return;
        }
        pool.preparedQuery(READ)
                .execute(Tuple.of(path.substring("/rows/".length())))
                .onSuccess(rows -> request.response()
                        .putHeader("content-type", "application/json")
                        .end("{\"value\":\"" + rows.iterator().next().getString(0) + "\"}"))
                .onFailure(failure -> request.response().setStatusCode(500).end());
    }
}
