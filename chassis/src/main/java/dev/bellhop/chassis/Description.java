package dev.bellhop.chassis;

import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import io.smallrye.openapi.runtime.io.Format;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives the description of the API to everybody from the same memory. It is large, and open to whoever asks; Quarkus copies
 * it for each answer, also for those that nobody reads. See ADR 0013.
 */
@Singleton
final class Description {

    private static final String PATH = "/q/openapi(\\.json|\\.yaml|\\.yml)?";
    /** Before Quarkus' own, which keeps the other methods. */
    private static final int FIRST = -1;

    private final OpenApiDocumentService documents;
    private final Map<Format, Buffer> bodies = new ConcurrentHashMap<>();

    Description(OpenApiDocumentService documents) {
        this.documents = documents;
    }

    void register(@Observes Router router) {
        router.getWithRegex(PATH).order(FIRST).handler(this::answer);
    }

    private void answer(RoutingContext context) {
        Format format = isJson(context) ? Format.JSON : Format.YAML;
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, format.getMimeType() + ";charset=UTF-8")
                .end(bodies.computeIfAbsent(format, this::body));
    }

    private Buffer body(Format format) {
        return Buffer.buffer(documents.getDocument(OpenApiConstants.DEFAULT_DOCUMENT_NAME, format));
    }

    /** As Quarkus decides it. */
    private static boolean isJson(RoutingContext context) {
        String path = context.normalizedPath();
        if (path.contains(".")) {
            return path.endsWith(".json");
        }
        String accept = context.request().getHeader(HttpHeaders.ACCEPT);
        return (accept != null && accept.contains(Format.JSON.getMimeType()))
                || context.queryParam("format").stream().limit(1).anyMatch("JSON"::equalsIgnoreCase);
    }
}
