package dev.bellhop.system.deploy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bellhop.local.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/**
 * Takes spans by OTLP over HTTP, as a collector would. Each request comes from one service; names are text and trace ids
 * sixteen bytes in it, so that nothing needs to be decoded.
 */
final class TraceCollector implements AutoCloseable {

    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    private TraceCollector(HttpServer server) {
        this.server = server;
    }

    static TraceCollector listening() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            TraceCollector collector = new TraceCollector(server);
            server.createContext("/v1/traces", collector::take);
            server.start();
            return collector;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /** What has the services send their spans here, soon. */
    String settings() {
        return String.join(
                "\n",
                "quarkus.otel.sdk.disabled=false",
                "mp.messaging.incoming.payments.tracing-enabled=true",
                "quarkus.otel.exporter.otlp.endpoint=http://127.0.0.1:"
                        + server.getAddress().getPort(),
                "quarkus.otel.exporter.otlp.protocol=http/protobuf",
                "quarkus.otel.bsp.schedule.delay=200ms",
                "");
    }

    /** Whose spans belong to this trace. */
    Set<String> servicesOf(String trace) {
        String id = new String(HexFormat.of().parseHex(trace), StandardCharsets.ISO_8859_1);
        List<String> ofTrace =
                requests.stream().filter(request -> request.contains(id)).toList();
        return Arrays.stream(Service.values())
                .map(Service::folder)
                .filter(service -> ofTrace.stream().anyMatch(request -> request.contains(service)))
                .collect(Collectors.toSet());
    }

    /** Whether some span so far bears this name, or has an attribute of it. */
    boolean heardOf(String name) {
        return requests.stream().anyMatch(request -> request.contains(name));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
