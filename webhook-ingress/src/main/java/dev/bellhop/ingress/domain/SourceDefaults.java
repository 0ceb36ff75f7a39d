package dev.bellhop.ingress.domain;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What a source of a scheme has unless it is configured otherwise.
 *
 * @param contentTypes media types without parameters
 * @param keptHeaders the provider's own headers that are worth a place on the record; never one that proves anything
 */
public record SourceDefaults(
        EventLocations locations, Set<String> contentTypes, Duration tolerance, List<String> keptHeaders) {

    public static final String JSON = "application/json";
    public static final String FORM = "application/x-www-form-urlencoded";

    /** JSON bodies, five minutes of tolerance. */
    public static SourceDefaults json(EventLocations locations, String... keptHeaders) {
        return new SourceDefaults(locations, Set.of(JSON), Duration.ofMinutes(5), List.of(keptHeaders));
    }

    /** The same with bodies of these types. */
    public SourceDefaults ofTypes(String... types) {
        return new SourceDefaults(locations, Set.of(types), tolerance, keptHeaders);
    }

    /** The same with another tolerance. */
    public SourceDefaults within(Duration otherTolerance) {
        return new SourceDefaults(locations, contentTypes, otherTolerance, keptHeaders);
    }
}
