package dev.bellhop.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.testing.Frames;
import dev.bellhop.testing.Wire;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DrainingTest {

    private final Vertx vertx = Vertx.vertx();
    private final Draining draining = new Draining();
    private final Promise<Void> begun = Promise.promise();
    private final Promise<String> slow = Promise.promise();
    private HttpServer server;

    @BeforeEach
    void listen() throws Exception {
        Filters filters = new Filters();
        draining.register(filters);
        Router router = Router.router(vertx);
        filters.getFilters().forEach(filter -> router.route().handler(filter.getHandler()));
        router.route("/slow").handler(context -> {
            slow.future().onSuccess(context::end);
            begun.complete();
        });
        router.route("/quick").handler(context -> {
            context.end("quick");
            slow.tryComplete("slow");
        });
        server = got(vertx.createHttpServer().requestHandler(router).listen(0, "localhost"));
    }

    @AfterEach
    void close() throws Exception {
        got(vertx.close());
    }

    /** It would ask on until it is refused. */
    @Test
    void a_client_of_http_2_gets_what_it_has_asked_for_and_is_sent_away() throws Exception {
        // Given
        try (Wire wire = new Wire(server.actualPort())) {
            wire.write(Frames.begin() + Frames.get(1, "/slow"));
            got(begun.future());

            // When
            draining.begin(new ShutdownDelayInitiatedEvent());
            wire.write(Frames.get(3, "/quick"));

            // Then
            assertThat(wire.rest()).contains("quick", "slow");
        }
    }

    private static <T> T got(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
