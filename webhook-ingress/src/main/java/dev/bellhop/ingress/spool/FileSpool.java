package dev.bellhop.ingress.spool;

import dev.bellhop.ingress.app.BrokerUnavailable;
import dev.bellhop.ingress.app.Spool;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * A {@link Journal} with one thread of its own, because files block. Appends that come together share one sync to disk.
 * Bounded by bytes and by the age of what waits: beyond either an append fails, as it does if the disk does not take it or
 * does not answer. Nothing that was accepted is ever dropped.
 */
final class FileSpool implements Spool {

    private static final Logger LOG = Logger.getLogger(FileSpool.class);
    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final int BATCH_BYTES = 4 << 20;

    private final Journal journal;
    private final long mostBytes;
    private final Duration oldest;
    private final Duration patience;
    private final Clock clock;
    private final ExecutorService thread;
    private final LinkedBlockingQueue<Append> appends = new LinkedBlockingQueue<>();
    /** Appends that are called for and not written yet. */
    private final AtomicInteger pending = new AtomicInteger();

    private final AtomicBoolean called = new AtomicBoolean();
    private final AtomicReference<Instant> refusedAt = new AtomicReference<>(Instant.EPOCH);

    FileSpool(Journal journal, long mostBytes, Duration oldest, Duration patience, Clock clock) {
        this.journal = journal;
        this.thread = Executors.newSingleThreadExecutor(task -> new Thread(task, "spool " + journal.name()));
        this.mostBytes = mostBytes;
        this.oldest = oldest;
        this.patience = patience;
        this.clock = clock;
    }

    @Override
    public boolean isEmpty() {
        return pending.get() == 0 && !journal.waits();
    }

    @Override
    public long bytes() {
        return journal.bytes();
    }

    @Override
    public long damagedBytes() {
        return journal.damaged();
    }

    @Override
    public Duration age() {
        Instant first = journal.firstWrittenAt();
        return first == null ? Duration.ZERO : Duration.between(first, clock.instant());
    }

    @Override
    public Uni<Void> append(List<byte[]> records) {
        return Uni.createFrom()
                .<Void>emitter(emitter -> add(new Append(records, emitter, new AtomicBoolean())))
                .ifNoItem()
                .after(patience)
                .failWith(this::noAnswer);
    }

    private BrokerUnavailable noAnswer() {
        IOException cause = new IOException("the disk does not answer");
        complain(cause);
        return new BrokerUnavailable(cause);
    }

    private void add(Append append) {
        pending.incrementAndGet();
        appends.add(append);
        append.emitter().onTermination(() -> forget(append));
        if (called.compareAndSet(false, true)) {
            thread.execute(this::writeAll);
        }
    }

    /** Nobody waits for it any more; what is being written already goes on. */
    private void forget(Append append) {
        if (!append.taken().get() && appends.remove(append)) {
            pending.decrementAndGet();
        }
    }

    private void writeAll() {
        called.set(false);
        List<Append> together = new ArrayList<>();
        appends.drainTo(together);
        together.forEach(append -> append.taken().set(true));
        List<Append> admitted = admitted(together);
        if (admitted.isEmpty()) {
            return;
        }
        try {
            for (Append append : admitted) {
                journal.write(append.records(), clock.instant());
            }
            journal.sync();
        } catch (IOException | RuntimeException e) {
            takeBack();
            complain(e);
            admitted.forEach(append -> append.fail(pending, e));
            return;
        }
        admitted.forEach(append -> append.complete(pending));
    }

    /** Later records must not follow a hole: what is behind one is lost when the file is read again. */
    private void takeBack() {
        try {
            journal.takeBack();
        } catch (IOException e) {
            LOG.warnf("spool not cut back source=%s reason=%s", journal.name(), e.getMessage());
        }
    }

    /** Once for all that follow each other within a minute: a disk that is nearly full still takes a small one now and then. */
    private void complain(Exception cause) {
        Instant now = clock.instant();
        if (refusedAt.getAndSet(now).plus(QUIET).isBefore(now)) {
            LOG.errorf("spool takes no events source=%s reason=%s", journal.name(), cause.getMessage());
        }
    }

    private List<Append> admitted(List<Append> together) {
        List<Append> admitted = new ArrayList<>();
        long size = bytes();
        for (Append append : together) {
            if (size + append.size() > mostBytes || age().compareTo(oldest) > 0) {
                IOException cause = new IOException("the spool is full");
                complain(cause);
                append.fail(pending, cause);
            } else {
                admitted.add(append);
                size += append.size();
            }
        }
        return admitted;
    }

    @Override
    public Uni<Batch> first() {
        return onThread(() -> journal.first(BATCH_BYTES));
    }

    @Override
    public Uni<Void> release(Batch batch) {
        return onThread(() -> {
                    journal.release(batch.end());
                    return batch;
                })
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> setAside(Spooled record) {
        return onThread(() -> {
                    journal.setAside(record);
                    return record;
                })
                .replaceWithVoid();
    }

    private <T> Uni<T> onThread(Callable<T> work) {
        return Uni.createFrom()
                .emitter(emitter -> thread.execute(() -> {
                    try {
                        emitter.complete(work.call());
                    } catch (Exception e) {
                        emitter.fail(e);
                    }
                }));
    }

    void close() throws IOException {
        thread.shutdown();
        journal.close();
    }

    /** Completed once. */
    private record Append(List<byte[]> records, UniEmitter<? super Void> emitter, AtomicBoolean taken) {

        long size() {
            return records.stream().mapToLong(record -> record.length).sum();
        }

        void complete(AtomicInteger pending) {
            pending.decrementAndGet();
            emitter.complete(null);
        }

        void fail(AtomicInteger pending, Exception cause) {
            pending.decrementAndGet();
            emitter.fail(new BrokerUnavailable(cause));
        }
    }
}
