package dev.bellhop.order;

import dev.bellhop.testing.PartedPostgres;
import dev.bellhop.testing.RealKafka;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** A real broker, a scripted provider, and a database that can be lost without a word. */
public final class PartedProfile implements QuarkusTestProfile {

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(
                new TestResourceEntry(PartedPostgres.class),
                new TestResourceEntry(RealKafka.class),
                new TestResourceEntry(ScriptedProvider.class, Map.of(ScriptedProvider.EXPIRE_AFTER, "1h")));
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "orders.database.silence", "3s",
                "orders.stream.heartbeat", "1s",
                "quarkus.datasource.reactive.additional-properties.statement_timeout", "2s");
    }

    @Override
    public boolean disableGlobalTestResources() {
        return true;
    }
}
