package dev.bellhop.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Where the provider sends its webhooks: registered once per data folder, changed when ports have. */
final class WebhookEndpoint {

    private final URI gateway;
    private final String key;
    private final Path idFile;

    WebhookEndpoint(URI gateway, String key, Path folder) {
        this.gateway = gateway;
        this.key = key;
        this.idFile = folder.resolve(Service.PAYMENT_GATEWAY.folder()).resolve("webhook-endpoint");
    }

    void pointTo(String url, String secret) throws IOException {
        String id = Files.exists(idFile) ? Files.readString(idFile).strip() : idOf(url);
        if (id.isEmpty()) {
            var endpoint = JsonNodeFactory.instance.objectNode().put("url", url).put("secret", secret);
            JsonNode created = call("POST", "/webhook-endpoints", endpoint.toString());
            id = created.path("endpointId").asText();
        } else {
            var change = JsonNodeFactory.instance.objectNode().put("url", url);
            call("PATCH", "/webhook-endpoints/" + id, change.toString());
        }
        PrivateFiles.write(idFile, id + "\n");
    }

    /** A registration whose answer got lost is found by its URL. */
    private String idOf(String url) throws IOException {
        for (JsonNode endpoint : call("GET", "/webhook-endpoints", "").path("data")) {
            if (Objects.equals(endpoint.path("url").asText(), url)) {
                return endpoint.path("endpointId").asText();
            }
        }
        return "";
    }

    private JsonNode call(String method, String path, String json) throws IOException {
        Http.Answer answer = Http.call(method, gateway.resolve(path), key, json);
        if (answer.status() / 100 != 2) {
            throw new StartFailure(
                    "The payment gateway refused the webhook endpoint: " + answer.status() + " " + answer.body());
        }
        return answer.json();
    }
}
