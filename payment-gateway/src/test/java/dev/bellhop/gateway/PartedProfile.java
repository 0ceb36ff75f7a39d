package dev.bellhop.gateway;

import dev.bellhop.testing.PartedPostgres;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** A database that can be lost without a word, and is given up early. */
public final class PartedProfile implements QuarkusTestProfile {

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(PartedPostgres.class), new TestResourceEntry(TestKeys.class));
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "gateway.database.silence", "3s",
                "gateway.delivery.timeout", "PT1S",
                "gateway.delivery.lease", "PT4S",
                "quarkus.datasource.reactive.additional-properties.statement_timeout", "2s");
    }

    @Override
    public boolean disableGlobalTestResources() {
        return true;
    }
}
