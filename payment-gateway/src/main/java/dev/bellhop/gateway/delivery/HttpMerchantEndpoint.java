package dev.bellhop.gateway.delivery;

import dev.bellhop.gateway.app.DeliveryConfig;
import dev.bellhop.gateway.app.MerchantEndpoint;
import dev.bellhop.gateway.domain.Delivery;
import dev.bellhop.gateway.domain.Endpoint;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Webhooks over HTTP. The address is looked up and vetted for each attempt, and the connection goes to that address. */
@Singleton
final class HttpMerchantEndpoint implements MerchantEndpoint {

    private static final String USER_AGENT = "Bellhop-Payments/1";
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    private final HttpClient client;
    private final Addresses addresses;
    private final Duration timeout;

    HttpMerchantEndpoint(Vertx vertx, Addresses addresses, DeliveryConfig config) {
        this.addresses = addresses;
        this.timeout = config.timeout();
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(config.inFlightPerEndpoint() * 2)
                .setKeepAliveTimeout(10)
                .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                // The event's own trace context goes out, not one of the worker.
                .setTracingPolicy(TracingPolicy.IGNORE));
    }

    @Override
    public Uni<Reply> send(Delivery delivery, Instant timestamp) {
        long started = System.nanoTime();
        URI url = delivery.endpoint().url();
        return addresses
                .vetted(url.getHost())
                .chain(address -> exchange(delivery, timestamp, url, address))
                .ifNoItem()
                .after(timeout)
                .failWith(() -> new TimeoutException("no answer within " + timeout.toSeconds() + " s"))
                .map(answer -> new Reply(answer.status(), answer.text(), null, answer.retryAfter(), since(started)))
                .onFailure()
                .recoverWithItem(failure -> new Reply(null, null, Reasons.of(failure), null, since(started)));
    }

    private static Duration since(long started) {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private Uni<HttpAnswer> exchange(Delivery delivery, Instant timestamp, URI url, InetAddress address) {
        return Uni.createFrom().emitter(emitter -> {
            Exchange exchange = new Exchange();
            emitter.onTermination(exchange::abandon);
            client.request(options(url, address))
                    .compose(request -> exchange.run(request, delivery, timestamp))
                    .onSuccess(emitter::complete)
                    .onFailure(emitter::fail);
        });
    }

    private RequestOptions options(URI url, InetAddress address) {
        boolean secure = "https".equals(url.getScheme());
        int port = url.getPort() > 0 ? url.getPort() : secure ? 443 : 80;
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                .setHost(url.getHost())
                .setPort(port)
                .setSsl(secure)
                .setURI(path + query)
                .setFollowRedirects(false)
                .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                .setIdleTimeout(timeout.toMillis());
    }

    /** One request and its answer; abandoned when the deadline has passed. */
    private static final class Exchange {

        private volatile @Nullable HttpClientRequest request;
        private volatile boolean finished;

        Future<HttpAnswer> run(HttpClientRequest opened, Delivery delivery, Instant timestamp) {
            request = opened;
            Endpoint endpoint = delivery.endpoint();
            opened.putHeader("User-Agent", USER_AGENT).putHeader("Content-Type", "application/json");
            if (delivery.traceparent() != null) {
                opened.putHeader("traceparent", delivery.traceparent());
            }
            WebhookSigner.headers(
                            endpoint.style(),
                            endpoint.secrets().stream()
                                    .filter(secret -> secret.live(timestamp))
                                    .toList(),
                            delivery.eventId(),
                            delivery.type().word(),
                            timestamp,
                            delivery.body())
                    .forEach(opened::putHeader);
            return opened.send(Buffer.buffer(delivery.body()))
                    .compose(HttpAnswer::read)
                    .onComplete(done -> finished = true);
        }

        /** A connection whose answer is not awaited to its end cannot be used again. */
        void abandon() {
            HttpClientRequest open = request;
            if (open != null && !finished) {
                open.reset();
            }
        }
    }
}
