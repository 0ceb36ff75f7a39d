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

    /** JSON bodies, five minutes of tolerance. */
    public static SourceDefaults json(EventLocations locations, String... keptHeaders) {
        return new SourceDefaults(locations, Set.of("application/json"), Duration.ofMinutes(5), List.of(keptHeaders));
    }
}
