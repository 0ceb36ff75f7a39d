package dev.bellhop.ingress.api;

import dev.bellhop.ingress.app.Sources;
import dev.bellhop.ingress.domain.EventLocations;
import dev.bellhop.ingress.domain.Location;
import dev.bellhop.ingress.domain.SigningSecret;
import dev.bellhop.ingress.domain.Source;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code GET /sources}: what is configured, for operators, without secrets. */
@Singleton
final class SourcesResource {

    private final Sources sources;
    private final OperatorKeys keys;

    SourcesResource(Sources sources, OperatorKeys keys) {
        this.sources = sources;
        this.keys = keys;
    }

    void register(@Observes Router router) {
        router.route("/sources").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::list);
        router.route("/sources").handler(context -> {
            context.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
            Problems.answer(context.response(), Problems.READ_ONLY, "/sources");
        });
    }

    private void list(RoutingContext context) {
        Problem objection = keys.objection(context.request().getHeader(HttpHeaders.AUTHORIZATION));
        if (objection != null) {
            Problems.answer(context.response(), objection, "/sources");
            return;
        }
        JsonArray data = new JsonArray();
        sources.all().forEach(source -> data.add(view(source)));
        JsonObject page = new JsonObject().put("data", data).putNull("nextCursor");
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(page.toBuffer());
    }

    private static JsonObject view(Source source) {
        EventLocations locations = source.locations();
        return new JsonObject()
                .put("source", source.name())
                .put("scheme", source.scheme().name())
                .put("topic", source.topic())
                .put("publicUrl", source.publicUrl())
                .put(
                        "contentTypes",
                        array(new TreeSet<>(source.limits().contentTypes())
                                .stream().toList()))
                .put("gzip", source.limits().gzip())
                .put("maxBody", source.limits().maxBody().bytes())
                .put("tolerance", source.tolerance().limit().toString())
                .put("rate", source.limits().rate())
                .put("eventId", text(locations.id()))
                .put("eventType", text(locations.type()))
                .put("eventTime", text(locations.time()))
                .put("eventKey", text(locations.key()))
                .put("eventItems", text(locations.items()))
                .put("keptHeaders", array(source.keptHeaders()))
                .put(
                        "secrets",
                        array(source.secrets().all().stream()
                                .map(SourcesResource::view)
                                .toList()));
    }

    /** The id is also on each record that the secret proved. */
    private static JsonObject view(SigningSecret secret) {
        return new JsonObject()
                .put("keyId", secret.id())
                .put(
                        "validFrom",
                        Instant.MIN.equals(secret.from()) ? null : secret.from().toString())
                .put(
                        "validUntil",
                        Instant.MAX.equals(secret.until())
                                ? null
                                : secret.until().toString());
    }

    private static JsonArray array(List<?> values) {
        return new JsonArray(values);
    }

    private static @Nullable String text(@Nullable Location location) {
        return location == null
                ? null
                : location.place().name().toLowerCase(Locale.ROOT) + ":" + String.join(",", location.names());
    }
}
