package dev.bellhop.order.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A payment provider that makes payments and refunds, once per idempotency key, unless it is told to be away. */
public final class PayingProvider implements QuarkusTestResourceLifecycleManager {

    private static final AtomicBoolean AWAY = new AtomicBoolean();
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final Map<String, String> ANSWERS = new ConcurrentHashMap<>();

    private final HttpServer server;

    public PayingProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on every call is answered 503, or no longer. */
    public static void isAway(boolean away) {
        AWAY.set(away);
    }

    @Override
    public Map<String, String> start() {
        try {
            Path key = Files.createTempFile("provider", ".key");
            Files.writeString(key, "providers-key-0123456789");
            server.setExecutor(Executors.newFixedThreadPool(4));
            server.createContext("/payments", PayingProvider::answer);
            server.start();
            return Map.of(
                    "orders.provider.url",
                    "http://127.0.0.1:" + server.getAddress().getPort(),
                    "orders.provider.key-file",
                    key.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        boolean asked = exchange.getRequestMethod().equals("GET");
        String body = asked
                ? "{\"data\":[],\"nextCursor\":null}"
                : ANSWERS.computeIfAbsent(
                        exchange.getRequestURI() + " "
                                + exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                        call -> made(exchange.getRequestURI().getPath()));
        byte[] bytes = (AWAY.get() ? "{}" : body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(AWAY.get() ? 503 : asked ? 200 : 201, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String made(String path) {
        int number = NUMBERS.incrementAndGet();
        if (path.endsWith("/refunds")) {
            return "{\"refundId\":\"ref_" + number + "\",\"amount\":1,\"status\":\"Pending\"}";
        }
        return "{\"paymentId\":\"pay_" + number + "\",\"status\":\"Pending\",\"checkoutUrl\":\"http://pay/" + number
                + "\"}";
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}
