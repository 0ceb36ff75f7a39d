package dev.bellhop.system.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Stream;

/** docker-compose.yml, anchors and merge keys resolved. */
final class Compose {

    private Compose() {}

    static JsonNode file() {
        return Repository.yaml(Repository.text(Repository.file("docker-compose.yml")))
                .get(0);
    }

    static Stream<Map.Entry<String, JsonNode>> services() {
        return file().path("services").properties().stream();
    }

    static JsonNode service(String name) {
        return Repository.at(file(), "services", name);
    }
}
