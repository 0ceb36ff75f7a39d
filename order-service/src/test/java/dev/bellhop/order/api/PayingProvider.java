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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A payment provider that makes payments and refunds, once per idempotency key, unless it is told otherwise. */
public final class PayingProvider implements QuarkusTestResourceLifecycleManager {

    private static final AtomicBoolean AWAY = new AtomicBoolean();
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final Map<String, String> ANSWERS = new ConcurrentHashMap<>();
    private static final AtomicInteger HESITATING = new AtomicInteger();
    private static volatile CountDownLatch hesitation = new CountDownLatch(0);
    private static volatile @Nullable Refusal refusing;

    private final HttpServer server;

    public PayingProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Refusal(int status, String body, @Nullable String retryAfter) {}

    /** From now on every call is answered 503, though what it asks for is done, or no longer. */
    public static void isAway(boolean away) {
        AWAY.set(away);
    }

    /** From now on it does nothing, and answers this, until it {@linkplain #agrees}. */
    static void refuses(int status, String body) {
        refusing = new Refusal(status, body, null);
    }

    /** The same, and that it may be otherwise later. */
    static void refusesFor(int seconds, int status, String body) {
        refusing = new Refusal(status, body, String.valueOf(seconds));
    }

    static void agrees() {
        refusing = null;
    }

    /** From now on its answers come only once it {@linkplain #speaks}. */
    static void hesitates() {
        hesitation = new CountDownLatch(1);
    }

    static boolean isHesitating() {
        return HESITATING.get() > 0;
    }

    static void speaks() {
        hesitation.countDown();
    }

    /** How many refunds of this payment it made. */
    static long refunds(String paymentId) {
        return ANSWERS.keySet().stream()
                .filter(call -> call.startsWith("/payments/" + paymentId + "/refunds "))
                .count();
    }

    @Override
    public Map<String, String> start() {
        try {
            Path key = Files.createTempFile("provider", ".key");
            Files.writeString(key, "providers-key-0123456789");
            server.setExecutor(Executors.newFixedThreadPool(4));
            server.createContext("/payments", PayingProvider::answerInTime);
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

    private static void answerInTime(HttpExchange exchange) throws IOException {
        try {
            if (exchange.getRequestMethod().equals("POST")) {
                HESITATING.incrementAndGet();
                hesitation.await();
                HESITATING.decrementAndGet();
            }
            answer(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        Refusal refusal = refusing;
        if (refusal != null) {
            if (refusal.retryAfter() != null) {
                exchange.getResponseHeaders().add("Retry-After", refusal.retryAfter());
            }
            respond(exchange, refusal.status(), refusal.body());
            return;
        }
        boolean asked = exchange.getRequestMethod().equals("GET");
        String body = asked
                ? "{\"data\":[],\"nextCursor\":null}"
                : ANSWERS.computeIfAbsent(
                        exchange.getRequestURI() + " "
                                + exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                        call -> made(exchange.getRequestURI().getPath()));
        if (AWAY.get()) {
            respond(exchange, 503, "{}");
            return;
        }
        respond(exchange, asked ? 200 : 201, body);
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String made(String path) {
        int number = NUMBERS.incrementAndGet();
        if (path.endsWith("/refunds")) {
            return "{\"refundId\":\"ref_" + number + "\",\"amount\":1,\"status\":\"Pending\"}";
        }
        if (path.endsWith("/cancel")) {
            return "{\"status\":\"Cancelled\"}";
        }
        return "{\"paymentId\":\"pay_" + number + "\",\"status\":\"Pending\",\"checkoutUrl\":\"http://pay/" + number
                + "\"}";
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}
