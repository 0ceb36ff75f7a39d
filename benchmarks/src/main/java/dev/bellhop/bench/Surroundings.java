package dev.bellhop.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a scenario works with.
 *
 * @param readOnlyPort where the ingress with an endpoint that only reads listens
 * @param barePort where the {@link BareServer} listens
 * @param warmUp before each measured stretch
 * @param measured how long each stretch is measured
 * @param rounds how often each stretch is repeated; figures are medians
 * @param secret the signing secret of the sources {@code bench} and {@code shop}
 */
record Surroundings(
        Vertx vertx,
        SuiteUnderTest suite,
        int readOnlyPort,
        int barePort,
        Duration warmUp,
        Duration measured,
        int rounds,
        String secret) {

    /** One connection to a database of the suite, for questions one after the other. */
    Pool database(String name) {
        return PgBuilder.pool()
                .connectingTo(PgConnectOptions.fromUri(suite.postgres(name)))
                .with(new PoolOptions().setMaxSize(1))
                .using(vertx)
                .build();
    }

    /** Waits for a load run, outside any event loop. */
    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(15, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("a load run did not end", e);
        }
    }
}
