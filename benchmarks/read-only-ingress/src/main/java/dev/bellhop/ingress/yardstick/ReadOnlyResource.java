package dev.bellhop.ingress.yardstick;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** {@code POST /read}: reads the body and answers 202, on the server and behind the filters of the service itself. */
@Singleton
final class ReadOnlyResource {

    void register(@Observes Router router) {
        router.post("/read").handler(ReadOnlyResource::read);
    }

    private static void read(RoutingContext context) {
        HttpServerRequest request = context.request();
        request.body()
                .onSuccess(body -> context.response().setStatusCode(202).end())
                .onFailure(context::fail);
        // Quarkus hands it over paused.
        request.resume();
    }
}
