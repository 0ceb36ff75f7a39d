package dev.bellhop.gateway.delivery;

import dev.bellhop.gateway.app.DeliveryConfig;
import dev.bellhop.gateway.app.MerchantEndpoint;
import dev.bellhop.gateway.domain.Delivery;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
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

    private final Vertx vertx;
    private final HttpClient client;
    /** Closing a connection of this one resets it: nothing lingers. */
    private final HttpClient resettingClient;

    private final Addresses addresses;
    private final Duration timeout;

    HttpMerchantEndpoint(Vertx vertx, Addresses addresses, DeliveryConfig config) {
        this.addresses = addresses;
        this.timeout = config.timeout();
        this.vertx = vertx;
        this.client = vertx.createHttpClient(options(config));
        this.resettingClient =
                vertx.createHttpClient(options(config).setSoLinger(0).setKeepAlive(false));
    }

    private static HttpClientOptions options(DeliveryConfig config) {
        return new HttpClientOptions()
                .setMaxPoolSize(config.inFlightPerEndpoint() * 2)
                .setKeepAliveTimeout(10)
                .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                // The event's own trace context goes out, not one of the worker.
                .setTracingPolicy(TracingPolicy.IGNORE);
    }

    @Override
    public Uni<Reply> send(Delivery delivery, Instant timestamp) {
        long started = System.nanoTime();
        URI url = delivery.endpoint().url();
        return addresses
                .vetted(url.getHost())
                .chain(address -> exchange(Shipment.of(delivery, timestamp), url, address))
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

    private Uni<HttpAnswer> exchange(Shipment shipment, URI url, InetAddress address) {
        return Uni.createFrom().emitter(emitter -> {
            Exchange exchange = new Exchange(vertx, shipment);
            emitter.onTermination(exchange::abandon);
            (shipment.manner() == Shipment.Manner.RESET ? resettingClient : client)
                    .request(options(url, address))
                    .compose(exchange::run)
                    .onSuccess(emitter::complete)
                    .onFailure(emitter::fail);
        });
    }

    private RequestOptions options(URI url, InetAddress address) {
        boolean secure = "https".equalsIgnoreCase(url.getScheme());
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

        private final Vertx vertx;
        private final Shipment shipment;
        private volatile @Nullable HttpClientRequest request;
        private volatile boolean finished;
        private volatile boolean abandoned;

        Exchange(Vertx vertx, Shipment shipment) {
            this.vertx = vertx;
            this.shipment = shipment;
        }

        /** Who waited for a connection until the deadline sends nothing any more. */
        Future<HttpAnswer> run(HttpClientRequest opened) {
            request = opened;
            if (abandoned) {
                opened.reset();
                return Future.failedFuture(new VertxException("no connection in time", true));
            }
            opened.putHeader("User-Agent", USER_AGENT);
            shipment.headers().forEach(opened::putHeader);
            return send(opened).compose(HttpAnswer::read).onComplete(done -> finished = true);
        }

        private Future<HttpClientResponse> send(HttpClientRequest opened) {
            Buffer body = Buffer.buffer(shipment.body());
            return switch (shipment.manner()) {
                case WHOLE -> opened.send(body);
                case SLOWLY -> {
                    opened.putHeader("Content-Length", String.valueOf(body.length()));
                    drip(opened, body, 0);
                    yield opened.response();
                }
                case TRUNCATED, RESET -> {
                    opened.putHeader("Content-Length", String.valueOf(body.length()));
                    yield opened.write(body.slice(0, body.length() / 2))
                            .compose(written -> opened.connection().close())
                            .compose(closed -> Future.failedFuture(
                                    new VertxException("we closed the connection in the middle of the body", true)));
                }
            };
        }

        /** A tenth of the body at a time. */
        private void drip(HttpClientRequest opened, Buffer body, int from) {
            int until = Math.min(body.length(), from + Math.max(1, body.length() / 10));
            opened.write(body.slice(from, until));
            if (until == body.length()) {
                opened.end();
                return;
            }
            vertx.setTimer(Math.max(1, shipment.slowness().toMillis() / 10), timer -> drip(opened, body, until));
        }

        /** A connection whose answer is not awaited to its end cannot be used again. */
        void abandon() {
            abandoned = true;
            HttpClientRequest open = request;
            if (open != null && !finished) {
                open.reset();
            }
        }
    }
}
