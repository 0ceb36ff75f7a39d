package dev.bellhop.order.api;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.MDC;

/**
 * The first thing that a request meets. Every answer, also the server's own, carries an {@code X-Request-Id}: the
 * caller's if it is a sane one. A body that says it is too large is refused before it is sent.
 */
@Singleton
final class Gate {

    private static final int FIRST = 1_000;
    private static final String HEADER = "X-Request-Id";
    private static final Pattern SANE = Pattern.compile("[\\x21-\\x7e]{1,128}");

    private final long largestBody;
    /** For bodies that don't say how long they are: reads and counts them before anybody else does. */
    private final BodyHandler counted;

    Gate(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize largestBody) {
        this.largestBody = largestBody.asLongValue();
        this.counted = BodyHandler.create(false).setBodyLimit(this.largestBody);
    }

    void register(@Observes Filters filters) {
        filters.register(this::enter, FIRST);
        filters.register(Gate::leave, FIRST - 1);
    }

    void register(@Observes Router router) {
        router.route().failureHandler(context -> {
            if (context.statusCode() == 413 && !context.response().ended()) {
                refuse(context);
                return;
            }
            context.next();
        });
    }

    private void enter(RoutingContext context) {
        String given = context.request().getHeader(HEADER);
        String id = given != null && SANE.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
        context.response().putHeader(HEADER, id);
        MDC.put("requestId", id);
        if (length(context) > largestBody) {
            refuse(context);
            return;
        }
        if (chunked(context)) {
            counted.handle(context);
            return;
        }
        context.next();
    }

    /**
     * A body that was counted and had no byte is left as no body at all, and whoever reads it then waits for ever for the
     * end that has been: it becomes an empty one.
     */
    private static void leave(RoutingContext context) {
        if (chunked(context) && context.body().buffer() == null) {
            ((RoutingContextInternal) context).setBody(Buffer.buffer());
        }
        context.next();
    }

    private static boolean chunked(RoutingContext context) {
        return context.request().getHeader("Transfer-Encoding") != null;
    }

    private static long length(RoutingContext context) {
        String length = context.request().getHeader("Content-Length");
        return length != null && length.matches("\\d{1,18}") ? Long.parseLong(length) : 0;
    }

    /** The body is not read, so the connection cannot serve another request. */
    private static void refuse(RoutingContext context) {
        JsonObject problem = new JsonObject()
                .put("type", "about:blank")
                .put("title", "Request Entity Too Large")
                .put("status", 413)
                .put("detail", Problems.detail(413))
                .put("instance", context.request().path())
                .put("code", Problems.code(413));
        context.response()
                .setStatusCode(413)
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .putHeader("Connection", "close")
                .end(problem.encode());
    }
}
