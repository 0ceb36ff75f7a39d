package dev.bellhop.ingress.spool;

import dev.bellhop.ingress.app.Spool.Batch;
import dev.bellhop.ingress.app.Spool.Spooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * An append-only file of records, and a second one, the mark, that says how far it was released and synced. What cannot be
 * read as an entry, or never be published, is kept in a third, for an operator; if there is no room for that, it is held where
 * it is. What follows goes on in any case. What a crash cut short, and nobody was told of, is cut off.
 *
 * <p>Any call may fail, for want of room or because the disk does. Nothing counts as written then but what was synced
 * before, and all may be called again. Not for several threads at once, but for {@link #waits}, {@link #bytes},
 * {@link #firstWrittenAt} and {@link #damaged}.
 */
final class Journal implements AutoCloseable {

    /** What waits; in a folder of its own. */
    static final String EVENTS = "events.log";

    private static final Logger LOG = Logger.getLogger(Journal.class);

    private static final String SET_ASIDE = "set-aside.log";
    private static final String DAMAGED = "damaged.log";
    private static final String MARK = "mark";
    /** Of a version whose entries had no marker. */
    private static final String EARLIER_MARK = "released";
    /** Of a mark that may be on disk or not. */
    private static final long UNKNOWN = -1;

    /** From so many released bytes at its beginning on, the file is made small again… */
    private static final int SPENT = 64 << 20;
    /** …if no more than so many wait. */
    private static final int MOVED = 16 << 20;

    private final Path directory;
    private final Opening opening;
    private final Entries log;
    private final FileChannel markFile;
    private final long marker;
    private final @Nullable Object identity;
    /** Not dealt with yet, or held. */
    private volatile long head;
    /** Neither. */
    private volatile long next;

    private volatile long tail;
    /** Between head and next, in order. */
    private final Deque<Held> held = new ArrayDeque<>();

    private volatile @Nullable Instant firstWrittenAt;
    private final AtomicLong damaged = new AtomicLong();
    private long synced;
    private long marked;

    private Journal(Path directory, Opening opening, FileChannel log, FileChannel markFile, long marker)
            throws IOException {
        this.directory = directory;
        this.opening = opening;
        this.log = new Entries(log, marker);
        this.markFile = markFile;
        this.marker = marker;
        this.identity = identity();
    }

    static Journal open(Path directory) throws IOException {
        return open(directory, Journal::file);
    }

    static Journal open(Path directory, Opening opening) throws IOException {
        Files.createDirectories(directory);
        FileChannel log = opening.open(directory.resolve(EVENTS));
        lock(log, directory);
        Path earlierMark = directory.resolve(EARLIER_MARK);
        if (log.size() > 0 && Files.exists(earlierMark)) {
            throw new IOException(directory + " holds events of an earlier version; let that version send them");
        }
        Files.deleteIfExists(earlierMark); // or the next start would take our own events for earlier ones
        FileChannel markFile = opening.open(directory.resolve(MARK));
        Mark mark = Mark.read(markFile);
        Long first = Entries.marker(log);
        if (mark == null || (first != null && first != mark.marker())) {
            // somebody may have been told of all of it
            mark = new Mark(first == null ? new SecureRandom().nextLong() : first, 0, log.size(), false);
        }
        Journal journal = new Journal(directory, opening, log, markFile, mark.marker());
        journal.recover(mark);
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

    private void recover(Mark mark) throws IOException {
        Path before = directory.resolve(DAMAGED);
        damaged.set(Files.exists(before) ? Files.size(before) : 0);
        long size = log.size();
        if (mark.synced() > size) {
            damaged(Math.max(size, mark.released()), mark.synced());
        }
        head = mark.released() > size ? 0 : mark.released();
        next = head;
        long known = Math.min(size, mark.synced());
        tail = mark.cutting() ? known : Math.max(log.lastEnd(head), known);
        synced = tail;
        if (tail < size) {
            LOG.warnf("spool cut back to what was answered source=%s position=%d bytes=%d", name(), tail, size - tail);
            log.truncate(tail);
            log.force();
        }
        mark(head, tail);
        lookAtFirst();
    }

    private void damaged(long from, long to) {
        damaged.addAndGet(to - from);
        LOG.errorf("spool damaged source=%s position=%d bytes=%d", name(), from, to - from);
    }

    /** For an operator. It may have been accepted, and holds up nothing. */
    private void keepOrHold(long from, long to, String name) {
        try {
            keep(from, to, name);
        } catch (IOException e) {
            held.add(new Held(from, to, name));
            LOG.errorf(
                    "spool cannot keep beside it source=%s position=%d bytes=%d reason=%s",
                    name(), from, to - from, e.getMessage());
        }
    }

    /** Durable afterwards, or not there. */
    private void keep(long from, long to, String name) throws IOException {
        try (FileChannel file = opening.open(directory.resolve(name))) {
            long end = file.size();
            try {
                for (long at = from; at < to; at += Entries.PIECE) {
                    ByteBuffer piece = log.rescued(at, Math.min(to, at + Entries.PIECE));
                    Entries.writeFully(file, piece, end + at - from);
                }
                file.force(true);
            } catch (IOException e) {
                file.truncate(end);
                throw e;
            }
        }
        syncEntries(directory);
    }

    /** As soon as there is room. */
    private void keepHeld() throws IOException {
        int before = held.size();
        for (Held first = held.peek(); first != null; first = held.peek()) {
            try {
                keep(first.from(), first.to(), first.name());
            } catch (IOException e) {
                break;
            }
            held.remove();
        }
        if (held.size() < before) {
            letGo();
        }
    }

    /** Its folder's, which is its source's. */
    String name() {
        return String.valueOf(directory.getFileName());
    }

    /** Whether one does, but what is held. */
    boolean waits() {
        return next < tail;
    }

    /** What takes up the disk: all that waits, or is held. */
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
            position += log.write(log.entry(record, now), position);
        }
        if (firstWrittenAt == null) {
            firstWrittenAt = now;
        }
        tail = position;
    }

    /** In a file that is read as a journal by whoever is given it for one, durable; or held. */
    void setAside(Spooled record) {
        keepOrHold(record.begin(), record.end(), SET_ASIDE);
    }

    /** All that was written is durable, and is found by the next process: its file is there, and the mark is not beyond it. */
    void sync() throws IOException {
        if (!Objects.equals(identity, identity())) {
            throw new IOException(directory.resolve(EVENTS) + " was replaced");
        }
        if (marked == UNKNOWN) {
            mark(head, synced);
        }
        log.force();
        synced = tail;
        // whoever comes after a kill sees it; the disk may have it later
        long known = marked;
        marked = UNKNOWN;
        new Mark(marker, head, synced, false).write(markFile);
        marked = known;
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
        if (next == tail) {
            firstWrittenAt = null;
        }
        log.truncate(tail);
    }

    /** At least one record, if any waits that can be read. */
    Batch first(int mostBytes) throws IOException {
        keepHeld();
        List<Spooled> records = new ArrayList<>();
        long position = next;
        while (position < tail && position - next < mostBytes) {
            Entries.Entry entry = log.read(position);
            if (entry != null) {
                records.add(new Spooled(entry.record(), entry.begin(), entry.end()));
                position = entry.end();
            } else if (records.isEmpty()) {
                passDamage();
                position = next;
            } else {
                break;
            }
        }
        return new Batch(records, position);
    }

    private void passDamage() throws IOException {
        long begin = next;
        long end = log.next(begin, tail);
        damaged(begin, end);
        keepOrHold(begin, end, DAMAGED);
        release(end);
    }

    /**
     * Those before it are not among the first any more, even if this fails; the mark is moved before the file is emptied. A
     * crash may bring records again, and never loses one.
     */
    void release(long end) throws IOException {
        next = end;
        lookAtFirst();
        letGo();
    }

    private void letGo() throws IOException {
        head = held.isEmpty() ? next : Math.min(next, held.getFirst().from());
        if (head == tail) {
            empty();
        } else if (next == tail) {
            cutBack(held.getLast().to());
        } else if (head != marked) {
            mark(head, synced);
        }
        if (held.isEmpty() && head >= SPENT && tail - head <= MOVED) {
            moveToTheBeginning();
        }
    }

    private void empty() throws IOException {
        mark(0, 0);
        head = 0;
        next = 0;
        cut(0);
    }

    /**
     * Under a steady load something always waits, and the file would grow for ever. Until the rest is cut off for good the mark
     * says that it does not count: it begins in the middle of an entry, which is no damage.
     */
    private void moveToTheBeginning() throws IOException {
        ByteBuffer waiting = ByteBuffer.allocate((int) (tail - head));
        log.readFully(waiting, head);
        int size = log.write(waiting, 0);
        log.force();
        mark(0, size, true);
        head = 0;
        next = 0;
        cut(size);
        log.force();
        mark(0, size);
    }

    /** Only what is held is left: all behind it was released. */
    private void cutBack(long end) throws IOException {
        mark(head, end);
        next = end;
        cut(end);
    }

    private void cut(long size) throws IOException {
        tail = size;
        synced = size;
        log.truncate(size);
    }

    /** As long as one may not be on disk nothing is synced: the entries behind it might not be found. */
    private void mark(long released, long end) throws IOException {
        mark(released, end, false);
        marked = released;
    }

    private void mark(long released, long end, boolean cutting) throws IOException {
        marked = UNKNOWN;
        new Mark(marker, released, end, cutting).write(markFile);
        markFile.force(true);
    }

    /** Of a damaged one nobody knows when it was written: not before the one that was the first until now. */
    private void lookAtFirst() throws IOException {
        if (next == tail) {
            firstWrittenAt = null;
            return;
        }
        Entries.Entry first = log.read(next);
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
        markFile.close();
    }

    /** What cannot be kept beside for want of room, and in which file it shall be. */
    private record Held(long from, long to, String name) {}
}
