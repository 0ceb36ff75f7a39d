package dev.bellhop.ingress.spool;

import dev.bellhop.ingress.app.BrokerUnavailable;
import dev.bellhop.ingress.app.Spool;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * A {@link Journal} with one thread of its own, because files block. Appends that come together share one sync to disk.
 * Bounded by bytes and by the age of what waits: beyond either an append fails, and nothing that was accepted is ever
 * dropped.
 */
final class FileSpool implements Spool {

    private static final Logger LOG = Logger.getLogger(FileSpool.class);
    private static final int BATCH_BYTES = 4 << 20;

    private final Journal journal;
    private final long mostBytes;
    private final Duration oldest;
    private final Clock clock;
    private final ExecutorService thread;
    private final LinkedBlockingQueue<Append> appends = new LinkedBlockingQueue<>();
    /** Appends that are called for and not written yet. */
    private final AtomicInteger pending = new AtomicInteger();

    FileSpool(Path directory, long mostBytes, Duration oldest, Clock clock) throws IOException {
        this.journal = Journal.open(directory);
        this.thread = Executors.newSingleThreadExecutor(task -> new Thread(task, "spool " + directory.getFileName()));
        this.mostBytes = mostBytes;
        this.oldest = oldest;
        this.clock = clock;
    }

    @Override
    public boolean isEmpty() {
        return pending.get() == 0 && bytes() == 0;
    }

    @Override
    public long bytes() {
        return journal.bytes();
    }

    @Override
    public Duration age() {
        Instant first = journal.firstWrittenAt();
        return first == null ? Duration.ZERO : Duration.between(first, clock.instant());
    }

    @Override
    public Uni<Void> append(List<byte[]> records) {
        return Uni.createFrom().emitter(emitter -> {
            pending.incrementAndGet();
            appends.add(new Append(records, emitter));
            thread.execute(this::writeAll);
        });
    }

    private void writeAll() {
        List<Append> together = new ArrayList<>();
        appends.drainTo(together);
        if (together.isEmpty()) {
            return;
        }
        List<Append> admitted = admitted(together);
        long end = journal.end();
        try {
            for (Append append : admitted) {
                journal.write(append.records(), clock.instant());
            }
            journal.sync();
            admitted.forEach(append -> append.complete(pending));
        } catch (IOException e) {
            takeBack(end);
            admitted.forEach(append -> append.fail(pending, e));
        }
    }

    /** Later records must not follow a hole: what is behind one is lost when the file is read again. */
    private void takeBack(long end) {
        try {
            journal.takeBack(end);
        } catch (IOException e) {
            LOG.errorf("spool not repaired reason=%s", e.getMessage());
        }
    }

    private List<Append> admitted(List<Append> together) {
        List<Append> admitted = new ArrayList<>();
        long size = bytes();
        for (Append append : together) {
            if (size + append.size() > mostBytes || age().compareTo(oldest) > 0) {
                append.fail(pending, new IOException("the spool is full"));
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
    public Uni<Void> setAside(byte[] record) {
        return onThread(() -> {
                    journal.setAside(record, clock.instant());
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
    private record Append(List<byte[]> records, UniEmitter<? super Void> emitter) {

        long size() {
            return records.stream().mapToLong(record -> record.length).sum();
        }

        void complete(AtomicInteger pending) {
            pending.decrementAndGet();
            emitter.complete(null);
        }

        void fail(AtomicInteger pending, IOException cause) {
            pending.decrementAndGet();
            emitter.fail(new BrokerUnavailable(cause));
        }
    }
}
