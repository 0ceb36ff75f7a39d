package dev.bellhop.gateway.persistence;

import dev.bellhop.gateway.domain.Fault;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The faults of a delivery as text. */
final class FaultJson {

    private FaultJson() {}

    static @Nullable String encode(List<Fault> faults) {
        if (faults.isEmpty()) {
            return null;
        }
        JsonArray array = new JsonArray();
        for (Fault fault : faults) {
            array.add(new JsonObject()
                    .put("do", fault.kind().word())
                    .put("by", fault.by().toString())
                    .put("size", fault.size())
                    .put("attempts", fault.attempts()));
        }
        return array.encode();
    }

    static List<Fault> decode(@Nullable String text) {
        if (text == null) {
            return List.of();
        }
        return new JsonArray(text)
                .stream()
                        .map(JsonObject.class::cast)
                        .map(JsonObject::getMap)
                        .map(Fault::of)
                        .toList();
    }
}
