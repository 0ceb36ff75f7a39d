package dev.bellhop.chassis;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.quarkus.micrometer.runtime.HttpServerMetricsTagsContributor;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * The path that a call is counted by is that of the operation, or {@code OTHER}: what nothing of ours was meant by, strangers
 * made up, and after a hundred of those Quarkus would count no path that it has not seen yet.
 */
@Singleton
final class CountedPaths implements HttpServerMetricsTagsContributor, MeterFilter {

    private static final String PORT = "server.port";
    private static final Tags OTHER = Tags.of("uri", "OTHER");

    /** Where Quarkus REST leaves the path of the operation that it found. */
    private static final String TEMPLATE = "UrlPathTemplate";

    @Override
    public Tags contribute(Context call) {
        @Nullable String template = call.requestContextLocalData(TEMPLATE);
        return template == null ? OTHER : Tags.of("uri", template);
    }

    /**
     * Calls that were broken off ask no contributor. Quarkus leaves out the port of a server whose port the system chose, and
     * Prometheus refuses it then beside one with a port: the start would stop half way.
     */
    @Override
    public Meter.Id map(Meter.Id id) {
        String uri = id.getTag("uri");
        if (uri == null && id.getName().startsWith("http.server.") && id.getTag(PORT) == null) {
            return id.withTag(Tag.of(PORT, "0"));
        }
        return "RESET".equals(id.getTag("status")) && uri != null && !uri.contains("{") ? id.withTags(OTHER) : id;
    }
}
