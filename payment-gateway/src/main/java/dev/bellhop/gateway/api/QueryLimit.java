package dev.bellhop.gateway.api;

import dev.bellhop.gateway.domain.Dice;
import dev.bellhop.gateway.telemetry.GatewayMetrics;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * A token bucket per API key for status queries, in real time: whoever polls too much feels it. It runs after the
 * authentication, so that only keys that exist have a bucket.
 */
@Singleton
final class QueryLimit {

    private static final String BUCKET = QueryLimit.class.getName();
    private static final int AFTER_AUTHENTICATION = 5_500;

    /** Filters are made before the configuration of the running service is known. */
    private final Provider<Settings> settings;

    private final Provider<GatewayMetrics> metrics;

    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    QueryLimit(Provider<Settings> settings, Provider<GatewayMetrics> metrics) {
        this.metrics = metrics;
        this.settings = settings;
    }

    @ServerRequestFilter(priority = AFTER_AUTHENTICATION)
    void take(ContainerRequestContext request, ResourceInfo resource) {
        Operation operation = resource.getResourceMethod().getAnnotation(Operation.class);
        boolean query = operation != null
                && (operation.value().equals("find") || operation.value().equals("list"));
        if (!query) {
            return;
        }
        Bucket bucket = buckets.computeIfAbsent(
                Base64.getEncoder().encodeToString(Dice.hash(Authentication.key(request))),
                hash -> new Bucket(settings.get().perSecond(), settings.get().burst(), System::nanoTime));
        request.setProperty(BUCKET, bucket);
        if (!bucket.take()) {
            metrics.get().queryRefused();
            throw new Exceeded(bucket.secondsUntilOne());
        }
        metrics.get().queryAnswered();
    }

    @ServerResponseFilter
    void tell(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(BUCKET) instanceof Bucket bucket) {
            response.getHeaders().putSingle("RateLimit-Limit", settings.get().burst());
            response.getHeaders().putSingle("RateLimit-Remaining", bucket.left());
            response.getHeaders().putSingle("RateLimit-Reset", bucket.secondsUntilFull());
        }
    }

    /** How often a key may ask. */
    @ConfigMapping(prefix = "gateway.queries")
    interface Settings {

        /** In the long run. */
        @WithDefault("50")
        int perSecond();

        /** At once, after a while of silence. */
        @WithDefault("100")
        int burst();
    }

    /** Fills at a constant rate up to its size. */
    static final class Bucket {

        private final double perNano;
        private final int size;
        private final LongSupplier nanos;
        private double tokens;
        private long filledAt;

        Bucket(int perSecond, int size, LongSupplier nanos) {
            this.perNano = perSecond / 1e9;
            this.size = size;
            this.nanos = nanos;
            this.tokens = size;
            this.filledAt = nanos.getAsLong();
        }

        synchronized boolean take() {
            fill();
            if (tokens < 1) {
                return false;
            }
            tokens--;
            return true;
        }

        synchronized int left() {
            fill();
            return (int) tokens;
        }

        synchronized long secondsUntilOne() {
            fill();
            return Math.max(1, seconds(1 - tokens));
        }

        synchronized long secondsUntilFull() {
            fill();
            return seconds(size - tokens);
        }

        private long seconds(double missing) {
            return (long) Math.ceil(missing / perNano / 1e9);
        }

        private void fill() {
            long now = nanos.getAsLong();
            tokens = Math.min(size, tokens + (now - filledAt) * perNano);
            filledAt = now;
        }
    }

    /** The key has asked too often. */
    static final class Exceeded extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final long retryAfterSeconds;

        Exceeded(long retryAfterSeconds) {
            super("this key asks too often; webhooks tell without being asked");
            this.retryAfterSeconds = retryAfterSeconds;
        }

        long retryAfterSeconds() {
            return retryAfterSeconds;
        }
    }
}
