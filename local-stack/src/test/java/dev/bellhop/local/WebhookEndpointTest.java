package dev.bellhop.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookEndpointTest {

    private static final String URL = "http://127.0.0.1:20001/webhooks/payments";
    private static final String SECRET = "whsec_c2VjcmV0";

    /** Those of a gateway that knows no more than these calls. */
    private final Map<String, ObjectNode> endpoints = new ConcurrentSkipListMap<>();

    private int registrations;
    private HttpServer gateway;
    private WebhookEndpoint endpoint;

    @BeforeEach
    void listen(@TempDir Path folder) throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        gateway.createContext("/webhook-endpoints", this::answer);
        gateway.start();
        Files.createDirectory(folder.resolve("payment-gateway"));
        endpoint = new WebhookEndpoint(
                URI.create("http://127.0.0.1:" + gateway.getAddress().getPort()), "key", folder);
    }

    @AfterEach
    void stop() {
        gateway.stop(0);
    }

    @Test
    void one_that_was_registered_before_follows_its_url() throws IOException {
        // Given
        endpoint.pointTo("http://127.0.0.1:20000/webhooks/payments", SECRET);

        // When
        endpoint.pointTo(URL, SECRET);

        // Then
        assertThat(endpoints.values()).containsExactly(enabled("we_1"));
    }

    @Test
    void one_that_was_deleted_is_registered_anew() throws IOException {
        // Given
        endpoint.pointTo(URL, SECRET);
        endpoints.put("we_other", enabled("we_other").put("url", "http://127.0.0.1:20002/of-somebody-else"));
        endpoints.remove("we_1");

        // When
        endpoint.pointTo(URL, SECRET);
        endpoint.pointTo(URL, SECRET);

        // Then
        assertThat(endpoints.keySet()).containsExactly("we_2", "we_other");
        assertThat(endpoints).containsEntry("we_2", enabled("we_2"));
    }

    @Test
    void one_that_was_disabled_is_enabled() throws IOException {
        // Given
        endpoint.pointTo(URL, SECRET);
        endpoints.put("we_1", enabled("we_1").put("status", "disabled"));

        // When
        endpoint.pointTo(URL, SECRET);

        // Then
        assertThat(endpoints.values()).containsExactly(enabled("we_1"));
    }

    @Test
    void one_whose_registration_was_not_answered_is_found_and_enabled() throws IOException {
        // Given
        endpoints.put("we_1", enabled("we_1").put("status", "disabled"));

        // When
        endpoint.pointTo(URL, SECRET);

        // Then
        assertThat(endpoints.values()).containsExactly(enabled("we_1"));
    }

    private static ObjectNode enabled(String id) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("endpointId", id)
                .put("url", URL)
                .put("secret", SECRET)
                .put("status", "enabled");
    }

    private void answer(HttpExchange call) throws IOException {
        String id = call.getRequestURI().getPath().replaceFirst("/webhook-endpoints/?", "");
        JsonNode sent = Http.json(new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        int status = 200;
        if (call.getRequestMethod().equals("GET")) {
            answer.putArray("data").addAll(endpoints.values());
        } else if (call.getRequestMethod().equals("POST")) {
            String fresh = "we_" + ++registrations;
            answer = answer.put("endpointId", fresh).put("status", "enabled").setAll((ObjectNode) sent);
            endpoints.put(fresh, answer);
            status = 201;
        } else if (endpoints.containsKey(id)) {
            answer = endpoints.get(id).setAll((ObjectNode) sent);
        } else {
            status = 404;
        }
        byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
        call.sendResponseHeaders(status, body.length);
        call.getResponseBody().write(body);
        call.close();
    }
}
