package dev.bellhop.order;

import dev.bellhop.testing.RealKafka;
import dev.bellhop.testing.RealPostgres;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** No order is asked about for its age before a test lets time jump, however slow the machine is: what is asked is a doubt. */
public final class DoubtsProfile extends RealPartsProfile {

    static final Duration DELAY = Duration.ofHours(1);

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(
                new TestResourceEntry(RealPostgres.class),
                new TestResourceEntry(RealKafka.class),
                new TestResourceEntry(
                        ScriptedProvider.class,
                        Map.of(ScriptedProvider.DELAY, "1h", ScriptedProvider.EXPIRE_AFTER, "1000h")));
    }
}
