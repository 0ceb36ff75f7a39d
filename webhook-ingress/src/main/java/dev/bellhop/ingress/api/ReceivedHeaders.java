package dev.bellhop.ingress.api;

import dev.bellhop.ingress.domain.Headers;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Set;

/** Header fields as Vert.x has them. */
record ReceivedHeaders(MultiMap fields) implements Headers {

    @Override
    public List<String> all(String name) {
        return fields.getAll(name);
    }

    @Override
    public Set<String> names() {
        return fields.names();
    }
}
