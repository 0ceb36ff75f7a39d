package dev.bellhop.gateway.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way to one endpoint, about to be attempted.
 *
 * @param attempt the number of this attempt, from 1
 */
@SuppressWarnings("ArrayRecordComponent") // bytes that are passed on; records of this type are never compared
public record Delivery(
        long id,
        String eventId,
        EventType type,
        Endpoint endpoint,
        int attempt,
        byte[] body,
        @Nullable String traceparent,
        List<Fault> faults) {

    public Delivery {
        faults = List.copyOf(faults);
    }

    /** What is wrong with this attempt. */
    public List<Fault> faultsNow() {
        return faults.stream().filter(fault -> attempt <= fault.attempts()).toList();
    }
}
