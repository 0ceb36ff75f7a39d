package dev.bellhop.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** JSON over HTTP, blocking, with a deadline: as much as a launcher needs. */
public final class Http {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration DEADLINE = Duration.ofSeconds(15);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private Http() {}

    /** An answer with its body as text. */
    public record Answer(int status, String body, HttpHeaders headers) {

        public JsonNode json() {
            return Http.json(body);
        }
    }

    /** Parses what should be JSON. */
    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not JSON: " + text, e);
        }
    }

    /** Sends {@code body} (none if empty) with {@code headers}. */
    public static Answer send(String method, URI uri, Map<String, String> headers, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(DEADLINE)
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try {
            HttpResponse<String> response =
                    CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(response.statusCode(), response.body(), response.headers());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Sends JSON with an API key; no body if {@code json} is empty. */
    public static Answer call(String method, URI uri, String key, String json) throws IOException {
        Map<String, String> headers = json.isEmpty()
                ? Map.of("Authorization", "Bearer " + key)
                : Map.of("Authorization", "Bearer " + key, "Content-Type", "application/json");
        return send(method, uri, headers, json.getBytes(StandardCharsets.UTF_8));
    }

    /** The status of a GET; 0 if nobody answers. */
    static int status(URI uri) {
        try {
            return send("GET", uri, Map.of(), new byte[0]).status();
        } catch (IOException e) {
            return 0;
        }
    }
}
