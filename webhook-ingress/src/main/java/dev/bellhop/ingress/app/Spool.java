package dev.bellhop.ingress.app;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;

/**
 * Where the records of one source that never sends twice wait while the broker does not take them. First in, first out. As
 * long as something waits, newer records of the source must queue up behind it, or a key's events change their order.
 */
public interface Spool {

    /** Whether nothing waits, written or about to be, that an order is to be kept with. */
    boolean isEmpty();

    /**
     * Completes once all are on disk, in this order. Fails with {@link BrokerUnavailable} if there is no room,
     * or the disk fails or does not answer; some of them may be published all the same.
     */
    Uni<Void> append(List<byte[]> records);

    /** The first records that wait, some megabytes at most; empty if none does. They stay until {@link #release}. */
    Uni<Batch> first();

    /**
     * Forgets that batch, which must be the first. A crash before that is on disk brings the batch again; a failure says
     * that it is not.
     */
    Uni<Void> release(Batch batch);

    /**
     * Keeps one record that can never be published beside what waits, on disk, for an operator. If there is no room for
     * that, it stays where it is until there is, and holds up nobody: all behind it can be released.
     */
    Uni<Void> setAside(Spooled record);

    /** What is on disk, in bytes, be it that it waits or that there is no room beside. */
    long bytes();

    /** What was on disk and cannot be read any more, in bytes: an operator must look. */
    long damagedBytes();

    /** How long the first record that waits has. */
    Duration age();

    /**
     * Some records.
     *
     * @param end where the next batch begins
     */
    record Batch(List<Spooled> records, long end) {}

    /** One record, and where it is. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Spooled(byte[] record, long begin, long end) {}
}
