package dev.bellhop.prove;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A way to break things. Each is mended after its time. */
enum Disturbance {
    KILL_ORDER_SERVICE("order-service killed"),
    KILL_INGRESS("webhook-ingress killed"),
    KILL_PROVIDER("payment-gateway killed"),
    KILL_KAFKA("Kafka killed"),
    KILL_POSTGRES("PostgreSQL killed"),
    FREEZE_ORDER_SERVICE("order-service frozen"),
    FREEZE_INGRESS("webhook-ingress frozen"),
    FREEZE_KAFKA("Kafka frozen"),
    FREEZE_POSTGRES("PostgreSQL frozen"),
    STOP_KAFKA("Kafka away"),
    STOP_POSTGRES("PostgreSQL away"),
    STOP_PROVIDER("payment-gateway away"),
    SLOW_NETWORK("webhooks and status queries 200 ms late"),
    ADVANCE_CLOCK("the provider's clock goes 10 s ahead"),
    POISON("poison records"),
    FORGERIES("forged webhooks"),
    REPLAYS("webhooks replayed by a stranger"),
    FLOOD("a flood of webhooks");

    private final String words;

    Disturbance(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    /** One of them at a time. */
    record Planned(Disturbance disturbance, Duration at, Duration lasts) {}

    /** The same seed and length give the same schedule: each kind once before any comes again. */
    static List<Planned> schedule(long seed, Duration length, Duration each) {
        Random random = new Random(seed ^ 0x6265_6c6cL);
        List<Planned> planned = new ArrayList<>();
        List<Disturbance> kinds = new ArrayList<>();
        long at = each.toMillis() / 2;
        while (at < length.toMillis()) {
            if (kinds.isEmpty()) {
                kinds.addAll(List.of(values()));
                Collections.shuffle(kinds, random);
            }
            long lasts = each.toMillis() / 4 + random.nextLong(each.toMillis() / 4);
            planned.add(new Planned(kinds.remove(0), Duration.ofMillis(at), Duration.ofMillis(lasts)));
            at += each.toMillis();
        }
        return planned;
    }
}
