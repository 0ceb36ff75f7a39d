package dev.bellhop.order.api;

import dev.bellhop.testing.RealKafka;
import dev.bellhop.testing.RealPostgres;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** An order-service that takes access tokens of an {@link OidcServer} which was away when it started. */
public final class TokensProfile implements QuarkusTestProfile {

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(
                new TestResourceEntry(RealPostgres.class),
                new TestResourceEntry(RealKafka.class),
                new TestResourceEntry(TestKeys.class),
                new TestResourceEntry(PayingProvider.class),
                new TestResourceEntry(OidcServer.class));
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("orders.asking.details", "never");
    }

    @Override
    public boolean disableGlobalTestResources() {
        return true;
    }
}
