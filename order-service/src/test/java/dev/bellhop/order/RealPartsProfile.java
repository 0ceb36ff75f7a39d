package dev.bellhop.order;

import dev.bellhop.testing.RealKafka;
import dev.bellhop.testing.RealPostgres;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;

/** A real broker, a real database and a scripted provider, for a test with settings of its own. */
public abstract class RealPartsProfile implements QuarkusTestProfile {

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(
                new TestResourceEntry(RealPostgres.class),
                new TestResourceEntry(RealKafka.class),
                new TestResourceEntry(ScriptedProvider.class));
    }

    @Override
    public boolean disableGlobalTestResources() {
        return true;
    }
}
