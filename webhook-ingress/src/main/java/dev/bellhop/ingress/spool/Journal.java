package dev.bellhop.ingress.spool;

import dev.bellhop.ingress.app.Spool.Batch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * An append-only file of records, and a second one, the mark, that says how far it was released. What cannot be read as
 * an entry is kept in a third, for an operator, and what follows it goes on: at the end it may be what a crash cut short and
 * nobody was told of, but nothing tells that apart for certain.
 *
 * <p>Any call may fail, for want of room or because the disk does. Nothing counts as written then but what was synced
 * before, and all may be called again. Not for several threads at once, but for {@link #bytes}, {@link #firstWrittenAt}
 * and {@link #damaged}.
 */
final class Journal implements AutoCloseable {

    /** What waits; in a folder of its own. */
    static final String EVENTS = "events.log";

    private static final Logger LOG = Logger.getLogger(Journal.class);

    private static final String SET_ASIDE = "set-aside.log";
    private static final String DAMAGED = "damaged.log";
    /** Of a mark that may be on disk or not. */
    private static final long UNKNOWN = -1;

    /** From so many released bytes at its beginning on, the file is made small again… */
    private static final int SPENT = 64 << 20;
    /** …if no more than so many wait. */
    private static final int MOVED = 16 << 20;

    private final Path directory;
    private final Opening opening;
    private final Entries log;
    private final FileChannel released;
    private final @Nullable Object identity;
    private volatile long head;
    private volatile long tail;
    private volatile @Nullable Instant firstWrittenAt;
    private final AtomicLong damaged = new AtomicLong();
    private long synced;
    private long marked;

    private Journal(Path directory, Opening opening, FileChannel log, FileChannel released) throws IOException {
        this.directory = directory;
        this.opening = opening;
        this.log = new Entries(log);
        this.released = released;
        this.identity = identity();
    }

    static Journal open(Path directory) throws IOException {
        return open(directory, Journal::file);
    }

    static Journal open(Path directory, Opening opening) throws IOException {
        Files.createDirectories(directory);
        FileChannel log = opening.open(directory.resolve(EVENTS));
        FileChannel released = opening.open(directory.resolve("released"));
        lock(log, directory);
        Journal journal = new Journal(directory, opening, log, released);
        journal.recover();
        syncEntries(directory);
        syncEntries(directory.toAbsolutePath().getParent());
        return journal;
    }

    /** Or a crash of the machine may forget a file, however well its content is synced. */
    private static void syncEntries(@Nullable Path directory) throws IOException {
        if (directory != null) {
            try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
                entries.force(true);
            }
        }
    }

    /** Opens a file for reading and writing, and makes it if need be. */
    interface Opening {
        FileChannel open(Path file) throws IOException;
    }

    private static FileChannel file(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Until the file is closed. */
    private static void lock(FileChannel log, Path directory) throws IOException {
        try {
            if (log.tryLock() == null) {
                throw new IOException("another process uses " + directory);
            }
        } catch (OverlappingFileLockException e) {
            throw new IOException(directory + " is in use", e);
        }
    }

    private void recover() throws IOException {
        Path before = directory.resolve(DAMAGED);
        damaged.set(Files.exists(before) ? Files.size(before) : 0);
        ByteBuffer mark = ByteBuffer.allocate(Long.BYTES);
        head = released.read(mark, 0) == Long.BYTES ? mark.flip().getLong() : 0;
        marked = head;
        if (head < 0 || head > log.size()) {
            head = 0;
            marked = UNKNOWN;
        }
        long end = log.lastEnd(head);
        if (end < log.size()) {
            if (!log.isZeros(end)) {
                keep(end, log.size());
            }
            log.truncate(end);
        }
        tail = end;
        synced = end;
        lookAtFirst();
    }

    /** For an operator: they may have been accepted. */
    private void keep(long from, long to) throws IOException {
        for (long at = from; at < to; at += Entries.PIECE) {
            keep(log.piece(at, to), DAMAGED);
        }
        damaged.addAndGet(to - from);
        LOG.errorf("spool damaged source=%s bytes=%d", name(), to - from);
    }

    /** Durable afterwards, or not there. */
    private void keep(ByteBuffer bytes, String name) throws IOException {
        try (FileChannel file = opening.open(directory.resolve(name))) {
            long end = file.size();
            try {
                Entries.writeFully(file, bytes, end);
                file.force(true);
            } catch (IOException e) {
                file.truncate(end);
                throw e;
            }
        }
        syncEntries(directory);
    }

    /** Its folder's, which is its source's. */
    String name() {
        return String.valueOf(directory.getFileName());
    }

    /** How many wait. */
    long bytes() {
        return tail - head;
    }

    /** Null if none waits. */
    @Nullable
    Instant firstWrittenAt() {
        return firstWrittenAt;
    }

    /** What cannot be read and waits beside, in bytes. */
    long damaged() {
        return damaged.get();
    }

    /** Not durable before {@link #sync}. */
    void write(List<byte[]> records, Instant now) throws IOException {
        if (head == tail && tail > 0) {
            empty();
        }
        long position = tail;
        for (byte[] record : records) {
            position += log.write(Entries.entry(record, now), position);
        }
        if (firstWrittenAt == null) {
            firstWrittenAt = now;
        }
        tail = position;
    }

    /** Durable afterwards, in a file that is read as a journal by whoever is given it for one. */
    void setAside(byte[] record, Instant now) throws IOException {
        keep(Entries.entry(record, now), SET_ASIDE);
    }

    /** All that was written is durable, and is found by the next process: its file is there, and the mark is not beyond it. */
    void sync() throws IOException {
        if (!Objects.equals(identity, identity())) {
            throw new IOException(directory.resolve(EVENTS) + " was replaced");
        }
        if (marked == UNKNOWN) {
            mark(head);
        }
        log.force();
        synced = tail;
    }

    private @Nullable Object identity() throws IOException {
        Path file = directory.resolve(EVENTS);
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            throw new IOException(file + " was removed", e);
        }
    }

    /**
     * Forgets what was written and is not synced. If even that fails, the file goes on behind what nobody counts any more,
     * and is written over by what comes next.
     */
    void takeBack() throws IOException {
        tail = synced;
        if (head == tail) {
            firstWrittenAt = null;
        }
        log.truncate(tail);
    }

    /** At least one record, if any waits that can be read. */
    Batch first(int mostBytes) throws IOException {
        List<byte[]> records = new ArrayList<>();
        long position = head;
        while (position < tail && position - head < mostBytes) {
            Entries.Entry entry = log.read(position);
            if (entry != null) {
                records.add(entry.record());
                position = entry.end();
            } else if (records.isEmpty()) {
                passDamage();
                position = head;
            } else {
                break;
            }
        }
        return new Batch(records, position);
    }

    private void passDamage() throws IOException {
        long end = log.damageEnd(head, tail);
        keep(head, end);
        release(end);
    }

    /**
     * Those before it are not among the first any more, even if this fails; the mark is moved before the file is emptied. A
     * crash may bring records again, and never loses one.
     */
    void release(long end) throws IOException {
        head = end;
        lookAtFirst();
        if (head == tail) {
            empty();
            return;
        }
        mark(head);
        if (head >= SPENT && tail - head <= MOVED) {
            moveToTheBeginning();
        }
    }

    private void empty() throws IOException {
        mark(0);
        startAgain(0);
    }

    /** Under a steady load something always waits, and the file would grow for ever. */
    private void moveToTheBeginning() throws IOException {
        ByteBuffer waiting = ByteBuffer.allocate((int) (tail - head));
        if (!log.readFully(waiting, head)) {
            throw new IOException("the spool is damaged at " + head);
        }
        int size = log.write(waiting, 0);
        log.force();
        mark(0);
        startAgain(size);
    }

    private void startAgain(long size) throws IOException {
        tail = size;
        head = 0;
        synced = size;
        log.truncate(size);
    }

    /** As long as one may not be on disk nothing is synced: the entries behind it might not be found. */
    private void mark(long position) throws IOException {
        if (marked == position) {
            return;
        }
        marked = UNKNOWN;
        if (position == 0) {
            // takes no room: a full disk must be emptied, too
            released.truncate(0);
        } else {
            Entries.writeFully(
                    released, ByteBuffer.allocate(Long.BYTES).putLong(position).flip(), 0);
        }
        released.force(true);
        marked = position;
    }

    /** Of a damaged one nobody knows when it was written: not before the one that was the first until now. */
    private void lookAtFirst() throws IOException {
        if (head == tail) {
            firstWrittenAt = null;
            return;
        }
        Entries.Entry first = log.read(head);
        if (first != null) {
            firstWrittenAt = first.writtenAt();
        } else if (firstWrittenAt == null) {
            firstWrittenAt =
                    Files.getLastModifiedTime(directory.resolve(EVENTS)).toInstant();
        }
    }

    @Override
    public void close() throws IOException {
        log.close();
        released.close();
    }
}
