package dev.bellhop.order.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jspecify.annotations.Nullable;

/** An OpenID Connect server, as far as one whose tokens are verified elsewhere is needed. It is away at first. */
public final class OidcServer implements QuarkusTestResourceLifecycleManager {

    /** What becomes of a question. */
    enum Mood {
        ANSWERING,
        /** The connection is closed instead. */
        AWAY,
        /** 503. */
        BROKEN,
        /** None, however long one waits. */
        SILENT
    }

    private static volatile Mood mood = Mood.AWAY;
    private static volatile RsaJsonWebKey key = Tokens.key("first");
    private static final AtomicInteger ASKED = new AtomicInteger();

    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private @Nullable HttpServer server;

    static void is(Mood next) {
        mood = next;
    }

    /** From now on tokens are signed by this key, and it is the only one that is told. */
    static void signsWith(RsaJsonWebKey next) {
        key = next;
    }

    static RsaJsonWebKey key() {
        return key;
    }

    /** How many questions came, whatever became of them. */
    static int asked() {
        return ASKED.get();
    }

    @Override
    public Map<String, String> start() {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server = started;
            String url = "http://127.0.0.1:" + started.getAddress().getPort();
            started.setExecutor(threads);
            started.createContext(
                    "/.well-known/openid-configuration",
                    exchange -> answer(
                            exchange, "{\"issuer\":\"" + Tokens.ISSUER + "\",\"jwks_uri\":\"" + url + "/keys\"}"));
            started.createContext(
                    "/keys",
                    exchange -> answer(exchange, new JsonWebKeySet(key).toJson(OutputControlLevel.PUBLIC_ONLY)));
            started.start();
            return Map.of(
                    "quarkus.oidc.tenant-enabled",
                    "true",
                    "quarkus.oidc.auth-server-url",
                    url,
                    "quarkus.oidc.token.audience",
                    Tokens.AUDIENCE,
                    "quarkus.oidc.token.forced-jwk-refresh-interval",
                    "0S");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        ASKED.incrementAndGet();
        Mood now = mood;
        if (now == Mood.SILENT) {
            return;
        }
        if (now != Mood.AWAY) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(now == Mood.BROKEN ? 503 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
        threads.shutdownNow();
    }
}
