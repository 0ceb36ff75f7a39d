package dev.bellhop.order;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** A payment provider that says what a test wants, counts questions, and can be away; with the keys of a test's callers. */
public final class ScriptedProvider implements QuarkusTestResourceLifecycleManager {

    static final String CLIENT = "test-client-key-0123456789";
    static final String OPERATOR = "test-operator-key-0123456789";

    static final String REFUND = "{\"refundId\":\"ref_1\",\"amount\":1,\"status\":\"Pending\"}";

    private static final Map<String, List<String>> PAYMENTS = new ConcurrentHashMap<>();
    private static final Map<String, String> GIVEN = new ConcurrentHashMap<>();
    private static final List<String> QUESTIONS = new CopyOnWriteArrayList<>();
    private static final List<Instant> ASKED = new CopyOnWriteArrayList<>();
    private static final Set<String> CLOSED = ConcurrentHashMap.newKeySet();
    private static final List<String> GIVEN_BACK = new CopyOnWriteArrayList<>();
    private static final CountDownLatch NO_HESITATION = new CountDownLatch(0);
    private static final Map<String, CountDownLatch> HESITATIONS = new ConcurrentHashMap<>();
    private static final Set<String> HESITATING = ConcurrentHashMap.newKeySet();
    private static final Set<String> CANNOT_TELL = ConcurrentHashMap.newKeySet();
    private static final Map<String, HttpHandler> SAYS = new ConcurrentHashMap<>();
    private static volatile boolean away;
    private static volatile boolean listIsBroken;
    private static volatile Set<String> beingPaid = Set.of();

    /** Argument: how long an order may be unpaid. */
    static final String EXPIRE_AFTER = "expire-after";

    /** Argument: how long until an unpaid order is asked about. */
    static final String DELAY = "delay";

    private final HttpServer server;
    private String expireAfter = "6s";
    private String delay = "2s";

    public ScriptedProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on the provider knows this payment. */
    static void knows(String orderId, String paymentId, String status, long amount) {
        PAYMENTS.computeIfAbsent(orderId, id -> new CopyOnWriteArrayList<>())
                .add(
                        """
                        {"paymentId":"%s","orderId":"%s","amount":%d,"currency":"USD","status":"%s","amountRefunded":0,\
                        "checkoutUrl":"http://pay/%s","refunds":[]}"""
                                .formatted(paymentId, orderId, amount, status, paymentId));
    }

    /** From now on this is the only payment of the order, and it is paid. */
    static void isPaid(String orderId, String paymentId, long amount) {
        PAYMENTS.remove(orderId);
        knows(orderId, paymentId, "Paid", amount);
    }

    /** The same, and it is cancelled. */
    static void isCancelled(String orderId, String paymentId, long amount) {
        PAYMENTS.remove(orderId);
        knows(orderId, paymentId, "Cancelled", amount);
    }

    /** From now on all of this payment has gone back. */
    static void refunds(String orderId, String paymentId, long amount) {
        refunds(orderId, paymentId, amount, List.of(amount));
    }

    /** From now on so much of this payment has gone back. */
    static void refunds(String orderId, String paymentId, long amount, List<Long> parts) {
        List<String> refunds = IntStream.range(0, parts.size())
                .mapToObj(n -> "{\"refundId\":\"ref-%d-%s\",\"amount\":%d,\"status\":\"Succeeded\"}"
                        .formatted(n, paymentId, parts.get(n)))
                .toList();
        PAYMENTS.put(
                orderId,
                List.of(
                        """
                        {"paymentId":"%s","orderId":"%s","amount":%d,"currency":"USD","status":"Refunded",\
                        "refunds":[%s]}"""
                                .formatted(paymentId, orderId, amount, String.join(",", refunds))));
    }

    /** From now on it fails whenever it is asked about this order. */
    static void cannotTell(String orderId) {
        CANNOT_TELL.add(orderId);
    }

    /** From now on this is what it answers about this order, or payment. */
    static void says(String about, HttpHandler answer) {
        SAYS.put(about, answer);
    }

    /** The same, in JSON. */
    static void says(String about, String json) {
        says(about, exchange -> respond(exchange, 200, json));
    }

    /** From now on it fails whenever it is asked for a list. */
    static void cannotList() {
        listIsBroken = true;
    }

    /** From now on it can tell and list everything. */
    static void mends() {
        CANNOT_TELL.clear();
        SAYS.clear();
        listIsBroken = false;
    }

    /** Whether it has an answer about this order that it does not give yet. */
    static boolean isHesitating(String orderId) {
        return HESITATING.contains(orderId);
    }

    /** What it may {@linkplain #hesitates hesitate} to give. */
    static String paymentFor(String orderId) {
        return "payment for " + orderId;
    }

    /** Whether it was asked for a payment for this order. */
    static boolean hasPaymentFor(String orderId) {
        return PAYMENTS.containsKey(orderId);
    }

    /** From now on somebody is at the checkout of this payment, and it cannot be cancelled. */
    static void isBusyWith(String paymentId) {
        beingPaid = Set.of(paymentId);
    }

    static boolean isClosed(String paymentId) {
        return CLOSED.contains(paymentId);
    }

    /** From now on answers about this order, as they are when asked for, come only once it {@linkplain #speaks}. */
    static void hesitates(String orderId) {
        HESITATIONS.put(orderId, new CountDownLatch(1));
    }

    static void speaks(String orderId) {
        HESITATIONS.getOrDefault(orderId, NO_HESITATION).countDown();
    }

    /** How often it was asked to give back this payment, or a part. */
    static long refundsAsked(String paymentId) {
        return GIVEN_BACK.stream().filter(paymentId::equals).count();
    }

    static void goesAway() {
        away = true;
    }

    static void comesBack() {
        away = false;
    }

    /** How often somebody asked about this one order. */
    static long questions(String orderId) {
        return QUESTIONS.stream().filter(orderId::equals).count();
    }

    /** How many questions there were, lists included. */
    static long questions() {
        return ASKED.size();
    }

    /** How many questions, lists included, came within any one second since. */
    static long mostInASecond(Instant since) {
        List<Instant> asked = ASKED.stream().filter(since::isBefore).sorted().toList();
        return asked.stream()
                .mapToLong(first -> asked.stream()
                        .filter(at -> !at.isBefore(first) && at.isBefore(first.plusSeconds(1)))
                        .count())
                .max()
                .orElse(0);
    }

    @Override
    public void init(Map<String, String> arguments) {
        expireAfter = arguments.getOrDefault(EXPIRE_AFTER, expireAfter);
        delay = arguments.getOrDefault(DELAY, delay);
    }

    @Override
    public Map<String, String> start() {
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/payments", this::answer);
        server.start();
        return Map.of(
                "orders.provider.url",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "orders.provider.key-file",
                file("provider-key", "gateway-key-0123456789"),
                "orders.keys-file",
                file(
                        "keys",
                        CLIENT + " demo orders:read,orders:write\n" + OPERATOR
                                + " operator orders:read,orders:write,catalog:write,operator\n"),
                "orders.asking.delay",
                delay,
                "orders.asking.expire-after",
                expireAfter,
                "orders.asking.pause",
                "1s",
                "orders.asking.every",
                "0.2s");
    }

    private static String file(String name, String text) {
        try {
            Path file = Files.createTempFile(name, ".txt");
            return Files.writeString(file, text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            String orderId = query.replaceFirst(".*orderId=([^&]*).*", "$1");
            boolean about = query.contains("orderId=");
            if (exchange.getRequestMethod().equals("GET")) {
                ASKED.add(Instant.now());
            }
            if (about) {
                QUESTIONS.add(orderId);
            }
            if (away) {
                exchange.getResponseHeaders().add("Retry-After", "1");
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            HttpHandler said = SAYS.get(about(exchange, request, orderId));
            if (said != null) {
                said.handle(exchange);
                return;
            }
            if (exchange.getRequestURI().getPath().endsWith("/refunds")) {
                GIVEN_BACK.add(exchange.getRequestURI().getPath().replaceAll("/payments/|/refunds", ""));
                respond(exchange, 201, REFUND);
                return;
            }
            if (exchange.getRequestURI().getPath().endsWith("/cancel")) {
                String paymentId = exchange.getRequestURI().getPath().replaceAll("/payments/|/cancel", "");
                boolean paid = beingPaid.contains(paymentId);
                if (!paid) {
                    CLOSED.add(paymentId);
                }
                respond(exchange, paid ? 409 : 200, "{\"status\":\"Cancelled\"}");
                return;
            }
            if (exchange.getRequestMethod().equals("POST")) {
                String payer = about(exchange, request, orderId);
                String payment = GIVEN.computeIfAbsent(
                        exchange.getRequestHeaders().getFirst("Idempotency-Key"), key -> given(payer));
                HESITATIONS.getOrDefault(paymentFor(payer), NO_HESITATION).await();
                respond(exchange, 201, payment);
                return;
            }
            if (about ? CANNOT_TELL.contains(orderId) : listIsBroken) {
                exchange.sendResponseHeaders(500, -1);
                return;
            }
            List<String> payments = about
                    ? PAYMENTS.getOrDefault(orderId, List.of())
                    : PAYMENTS.values().stream().flatMap(List::stream).toList();
            String answer = "{\"data\":[" + String.join(",", payments) + "],\"nextCursor\":null}";
            if (HESITATIONS.containsKey(orderId)) {
                HESITATING.add(orderId);
            }
            HESITATIONS.getOrDefault(orderId, NO_HESITATION).await();
            respond(exchange, 200, answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The order or the payment that a call is about; of a list no more than its query. */
    private static String about(HttpExchange exchange, String request, String orderId) {
        if (exchange.getRequestMethod().equals("GET")) {
            return orderId;
        }
        String path = exchange.getRequestURI().getPath();
        return path.equals("/payments")
                ? request.replaceFirst("(?s).*\"orderId\":\"([^\"]*)\".*", "$1")
                : path.replaceAll("/payments/|/refunds|/cancel", "");
    }

    /** A new payment. */
    private static String given(String payer) {
        int before = PAYMENTS.getOrDefault(payer, List.of()).size();
        knows(payer, "asked-" + payer + (before == 0 ? "" : "-" + before), "Pending", 999);
        return PAYMENTS.get(payer).get(before);
    }

    /** Answers with a blank now and then, until nobody listens. */
    static void drip(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
            try {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                return false;
            } catch (IOException e) {
                return true;
            }
        });
    }

    static void respond(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}
