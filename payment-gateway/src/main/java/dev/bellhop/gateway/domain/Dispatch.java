package dev.bellhop.gateway.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How an event is to be delivered to each endpoint: normally once, now, soundly and in order.
 *
 * @param copy 1 for the first delivery, more for duplicates
 * @param inOrder whether it waits for earlier deliveries of its payment and is waited for
 * @param held whether it waits, until {@code dueAt} at the longest, for a later event to overtake it
 * @param dropped whether it is never sent
 * @param faults what is wrong with its attempts
 */
public record Dispatch(
        String eventId, int copy, Instant dueAt, boolean inOrder, boolean held, boolean dropped, List<Fault> faults) {

    public Dispatch {
        faults = List.copyOf(faults);
    }

    /** What the faults that strike an event make of its deliveries. */
    public static List<Dispatch> of(String eventId, Instant now, List<Fault> faults) {
        Optional<Fault> reorder = first(faults, FaultKind.REORDER);
        Instant dueAt = now.plus(first(faults, FaultKind.DELAY).map(Fault::by).orElse(Duration.ZERO))
                .plus(reorder.map(Fault::by).orElse(Duration.ZERO));
        boolean dropped = first(faults, FaultKind.DROP).isPresent();
        List<Fault> ofAttempts = faults.stream()
                .filter(fault -> fault.kind().place() == FaultKind.Place.ATTEMPT)
                .toList();
        List<Dispatch> all = new ArrayList<>();
        all.add(new Dispatch(eventId, 1, dueAt, reorder.isEmpty(), reorder.isPresent(), dropped, ofAttempts));
        first(faults, FaultKind.DUPLICATE).filter(duplicate -> !dropped).ifPresent(duplicate -> {
            for (int copy = 2; copy <= duplicate.times(); copy++) {
                boolean inOrder = !duplicate.together() && reorder.isEmpty();
                all.add(new Dispatch(eventId, copy, dueAt, inOrder, reorder.isPresent(), false, List.of()));
            }
        });
        return all;
    }

    private static Optional<Fault> first(List<Fault> faults, FaultKind kind) {
        return faults.stream().filter(fault -> fault.kind() == kind).findFirst();
    }
}
