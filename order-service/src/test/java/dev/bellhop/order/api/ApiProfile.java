package dev.bellhop.order.api;

import dev.bellhop.testing.RealKafka;
import dev.bellhop.testing.RealPostgres;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/** One Quarkus for all tests of the API. */
public final class ApiProfile implements QuarkusTestProfile {

    static final int STREAMS = 60;
    static final int STREAMS_PER_KEY = 40;

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(
                new TestResourceEntry(RealPostgres.class),
                new TestResourceEntry(RealKafka.class),
                new TestResourceEntry(TestKeys.class),
                new TestResourceEntry(PayingProvider.class));
    }

    /** The provider of these tests takes payments, but knows nothing when asked. */
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "orders.asking.details",
                "never",
                "orders.console.login-attempts",
                "1000",
                "orders.stream.most-clients",
                String.valueOf(STREAMS),
                "orders.stream.most-clients-per-key",
                String.valueOf(STREAMS_PER_KEY),
                "orders.http.body-timeout",
                "2S");
    }

    @Override
    public boolean disableGlobalTestResources() {
        return true;
    }
}
