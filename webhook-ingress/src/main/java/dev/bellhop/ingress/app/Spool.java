package dev.bellhop.ingress.app;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;

/**
 * Where the records of one source that never sends twice wait while the broker does not take them. First in, first out. As
 * long as something waits, newer records of the source must queue up behind it, or a key's events change their order.
 */
public interface Spool {

    /** Whether nothing waits, written or about to be. */
    boolean isEmpty();

    /** Completes once all are on disk, in this order. Fails with {@link BrokerUnavailable} if there is no room. */
    Uni<Void> append(List<byte[]> records);

    /** The first records that wait, some megabytes at most; empty if none does. They stay until {@link #release}. */
    Uni<Batch> first();

    /** Forgets that batch, which must be the first. A crash before it is on disk brings the batch again. */
    Uni<Void> release(Batch batch);

    /** Keeps one record that can never be published, on disk, for an operator. */
    Uni<Void> setAside(byte[] record);

    /** What is on disk, in bytes. */
    long bytes();

    /** How long the first record has waited. */
    Duration age();

    /**
     * Some records.
     *
     * @param end where the next batch begins
     */
    record Batch(List<byte[]> records, long end) {}
}
