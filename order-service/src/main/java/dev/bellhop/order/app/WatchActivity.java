package dev.bellhop.order.app;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Looks at what is happening now; once a second at most, however many people watch. */
@Singleton
public final class WatchActivity {

    /** The span that is looked at, and its parts. */
    public static final Duration SPAN = Duration.ofMinutes(2);

    public static final int SLICES = 60;

    /** Counts go no further. */
    public static final int MOST_COUNTED = 1_000;

    private static final int MOST_EVENTS = 20_000;
    private static final int NEWEST_ORDERS = 1_000;

    private final Activity activity;
    private final ConsumerLag lag;
    private final ProviderAccess provider;
    private final Clock clock;
    private final Uni<Sample> shared;

    WatchActivity(Activity activity, ConsumerLag lag, ProviderAccess provider, Clock clock) {
        this.activity = activity;
        this.lag = lag;
        this.provider = provider;
        this.clock = clock;
        this.shared = Uni.createFrom().deferred(this::look).memoize().forFixedDuration(Duration.ofSeconds(1));
    }

    /**
     * What is happening.
     *
     * @param database how long the database needed to say so
     * @param lag records that wait in Kafka; null if the broker did not say
     */
    public record Sample(
            Instant at,
            Activity.Flow flow,
            Activity.Backlog backlog,
            Activity.Asks asks,
            Duration database,
            @Nullable Long lag,
            boolean providerIsAsked) {}

    public Uni<Sample> run() {
        return shared;
    }

    private Uni<Sample> look() {
        Instant now = clock.instant();
        // Whole slices only: the last one would always look as if there were less.
        Instant end =
                now.minusMillis(now.toEpochMilli() % SPAN.dividedBy(SLICES).toMillis());
        return activity.flow(end.minus(SPAN), end, SLICES, MOST_EVENTS).chain(flow -> activity.backlog(MOST_COUNTED + 1)
                .chain(backlog -> activity.asks(NEWEST_ORDERS).chain(asks -> {
                    Duration took = Duration.between(now, clock.instant());
                    return lag.records()
                            .map(records -> new Sample(
                                    now,
                                    flow,
                                    backlog,
                                    asks,
                                    took,
                                    records.isPresent() ? records.getAsLong() : null,
                                    provider.isOpen()));
                })));
    }
}
