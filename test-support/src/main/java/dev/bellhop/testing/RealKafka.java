package dev.bellhop.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** {@code @QuarkusTestResource(RealKafka.class)}: the service under test talks to the run's {@link SharedStack}. */
public final class RealKafka implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.of("kafka.bootstrap.servers", SharedStack.get().bootstrapServers());
    }

    @Override
    public void stop() {
        // The stack serves the whole run.
    }
}
