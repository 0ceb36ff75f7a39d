package dev.bellhop.ingress;

import com.standardwebhooks.Webhook;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A provider: signs with the Standard Webhooks library and posts. */
final class Sender {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI root;

    Sender(URI root) {
        this.root = root;
    }

    /** The three headers of a signed delivery, and its content type. */
    static Map<String, String> signed(String id, Instant at, String body) {
        return signed(TestSources.PAYMENTS_SECRET, id, at, body);
    }

    static Map<String, String> signed(String secret, String id, Instant at, String body) {
        try {
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("Content-Type", "application/json");
            headers.put("webhook-id", id);
            headers.put("webhook-timestamp", String.valueOf(at.getEpochSecond()));
            headers.put("webhook-signature", new Webhook(secret).sign(id, at.getEpochSecond(), body));
            return headers;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> post(String path, Map<String, String> headers, String body) {
        return send("POST", path, headers, BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.UTF_8)));
    }

    HttpResponse<String> send(String method, String path, Map<String, String> headers, BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path)).method(method, body);
        headers.forEach(request::header);
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
