package dev.bellhop.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Where the provider sends its webhooks: registered once per data folder, changed when ports have, repaired by each start. */
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
            Http.Answer created = call("POST", "/webhook-endpoints", endpoint.toString());
            id = accepted(created).path("endpointId").asText();
        } else {
            var change = JsonNodeFactory.instance.objectNode().put("url", url).put("status", "enabled");
            Http.Answer changed = call("PATCH", "/webhook-endpoints/" + id, change.toString());
            if (changed.status() == 404) {
                Files.deleteIfExists(idFile);
                pointTo(url, secret);
                return;
            }
            accepted(changed);
        }
        PrivateFiles.write(idFile, id + "\n");
    }

    /** A registration whose answer got lost is found by its URL. */
    private String idOf(String url) throws IOException {
        for (JsonNode endpoint : accepted(call("GET", "/webhook-endpoints", "")).path("data")) {
            if (Objects.equals(endpoint.path("url").asText(), url)) {
                return endpoint.path("endpointId").asText();
            }
        }
        return "";
    }

    private Http.Answer call(String method, String path, String json) throws IOException {
        return Http.call(method, gateway.resolve(path), key, json);
    }

    private static JsonNode accepted(Http.Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new StartFailure(
                    "The payment gateway refused the webhook endpoint: " + answer.status() + " " + answer.body());
        }
        return answer.json();
    }
}
