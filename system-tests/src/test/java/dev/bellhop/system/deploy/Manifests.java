package dev.bellhop.system.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Properties;

/** The raw files of {@code k8s}, before rendering: rules on these hold with or without kubectl. */
final class Manifests {

    private Manifests() {}

    /** A service's settings in a container, shared by compose and Kubernetes. */
    static Properties settings(String service) {
        return Repository.properties(Repository.file("k8s/base/" + service + ".properties"));
    }

    /** Every document of every YAML file, rendered or not. */
    static List<JsonNode> raw() {
        return Repository.below("k8s", file -> file.toString().endsWith(".yaml")).stream()
                .flatMap(file -> Repository.yaml(Repository.text(file)).stream())
                .toList();
    }
}
