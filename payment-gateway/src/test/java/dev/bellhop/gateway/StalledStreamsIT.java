package dev.bellhop.gateway;

import dev.bellhop.testing.RealPostgres;
import dev.bellhop.testing.StalledStreams;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Streams whose bodies stall. */
@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestKeys.class)
class StalledStreamsIT extends StalledStreams {

    StalledStreamsIT() {
        super("/payments", TestKeys.ALICE);
    }

    @Override
    protected String valid() {
        return Client.order("after-a-stalled", 999);
    }
}
