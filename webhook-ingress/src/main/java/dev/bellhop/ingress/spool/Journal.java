package dev.bellhop.ingress.spool;

import dev.bellhop.ingress.app.Spool.Batch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * An append-only file of records, and a second one that says how far it was released. An entry is its length, a
 * checksum, the time, and the record. What a crash cut short at the end was never acknowledged and is cut off at the
 * next start. Not for several threads at once, but for {@link #bytes} and {@link #firstWrittenAt}.
 */
final class Journal implements AutoCloseable {

    /** What waits; in a folder of its own. */
    static final String LOG = "events.log";

    private static final int HEADER = Integer.BYTES + Integer.BYTES + Long.BYTES;
    private static final int LARGEST = 1 << 28;
    /** From so many released bytes at its beginning on, the file is made small again… */
    private static final int SPENT = 64 << 20;
    /** …if no more than so many wait. */
    private static final int MOVED = 16 << 20;

    private final Path directory;
    private final FileChannel log;
    private final FileChannel released;
    private final FileLock lock;
    private volatile long head;
    private volatile long tail;
    private volatile @Nullable Instant firstWrittenAt;

    private Journal(Path directory, FileChannel log, FileChannel released, FileLock lock) {
        this.directory = directory;
        this.log = log;
        this.released = released;
        this.lock = lock;
    }

    static Journal open(Path directory) throws IOException {
        Files.createDirectories(directory);
        FileChannel log = file(directory.resolve(LOG));
        FileChannel released = file(directory.resolve("released"));
        Journal journal = new Journal(directory, log, released, lock(log, directory));
        journal.recover();
        try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
            entries.force(true);
        }
        return journal;
    }

    private static FileChannel file(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static FileLock lock(FileChannel log, Path directory) throws IOException {
        try {
            FileLock lock = log.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            throw new IOException(directory + " is in use", e);
        }
        throw new IOException("another process uses " + directory);
    }

    private void recover() throws IOException {
        ByteBuffer mark = ByteBuffer.allocate(Long.BYTES);
        head = released.read(mark, 0) == Long.BYTES ? mark.flip().getLong() : 0;
        if (head > log.size()) {
            head = 0;
        }
        long end = head;
        for (Entry entry = read(end); entry != null; entry = read(end)) {
            end = entry.end();
        }
        log.truncate(end);
        tail = end;
        lookAtFirst();
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

    /** Not durable before {@link #sync}. */
    void write(List<byte[]> records, Instant now) throws IOException {
        long position = tail;
        for (byte[] record : records) {
            position += writeFully(log, entry(record, now), position);
        }
        if (firstWrittenAt == null) {
            firstWrittenAt = now;
        }
        tail = position;
    }

    private static ByteBuffer entry(byte[] record, Instant now) {
        return ByteBuffer.allocate(HEADER + record.length)
                .putInt(record.length)
                .putInt(checksum(record))
                .putLong(now.toEpochMilli())
                .put(record)
                .flip();
    }

    /** Durable afterwards, in a file that is read as a journal by whoever is given it for one. */
    void setAside(byte[] record, Instant now) throws IOException {
        try (FileChannel aside = file(directory.resolve("set-aside.log"))) {
            writeFully(aside, entry(record, now), aside.size());
            aside.force(true);
        }
    }

    void sync() throws IOException {
        log.force(false);
    }

    /** At least one record, if any waits. */
    Batch first(int mostBytes) throws IOException {
        List<byte[]> records = new ArrayList<>();
        long position = head;
        while (position < tail && position - head < mostBytes) {
            Entry entry = read(position);
            if (entry == null) {
                throw new IOException("the spool is damaged at " + position);
            }
            records.add(entry.record());
            position = entry.end();
        }
        return new Batch(records, position);
    }

    /** The mark is moved before the file is emptied: a crash in between brings records again, and never loses one. */
    void release(long end) throws IOException {
        boolean all = end == tail;
        mark(all ? 0 : end);
        if (all) {
            log.truncate(0);
            tail = 0;
            head = 0;
        } else {
            head = end;
            if (head >= SPENT && tail - head <= MOVED) {
                moveToTheBeginning();
            }
        }
        lookAtFirst();
    }

    /** Under a steady load something always waits, and the file would grow for ever. A crash may bring records again. */
    private void moveToTheBeginning() throws IOException {
        ByteBuffer waiting = ByteBuffer.allocate((int) (tail - head));
        if (!readFully(waiting, head)) {
            throw new IOException("the spool is damaged at " + head);
        }
        int size = writeFully(log, waiting, 0);
        log.force(false);
        mark(0);
        log.truncate(size);
        head = 0;
        tail = size;
    }

    /** Forgets what was written and is not durable. */
    void takeBack(long end) throws IOException {
        tail = end;
        log.truncate(end);
        lookAtFirst();
    }

    /** Where the next record will be. */
    long end() {
        return tail;
    }

    private void mark(long position) throws IOException {
        writeFully(released, ByteBuffer.allocate(Long.BYTES).putLong(position).flip(), 0);
        released.force(false);
    }

    private void lookAtFirst() throws IOException {
        Entry first = head < tail ? read(head) : null;
        firstWrittenAt = first == null ? null : first.writtenAt();
    }

    /** Null if no whole entry is there. */
    private @Nullable Entry read(long position) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        if (!readFully(header, position)) {
            return null;
        }
        int length = header.getInt();
        int checksum = header.getInt();
        Instant writtenAt = Instant.ofEpochMilli(header.getLong());
        // Nothing is no record: a crash may leave zeros at the end, and theirs is the checksum of nothing.
        if (length <= 0 || length > LARGEST || position + HEADER + length > log.size()) {
            return null;
        }
        ByteBuffer record = ByteBuffer.allocate(length);
        if (!readFully(record, position + HEADER) || checksum(record.array()) != checksum) {
            return null;
        }
        return new Entry(record.array(), writtenAt, position + HEADER + length);
    }

    private boolean readFully(ByteBuffer into, long position) throws IOException {
        while (into.hasRemaining()) {
            if (log.read(into, position + into.position()) < 0) {
                return false;
            }
        }
        into.flip();
        return true;
    }

    private static int writeFully(FileChannel channel, ByteBuffer from, long position) throws IOException {
        int size = from.remaining();
        while (from.hasRemaining()) {
            channel.write(from, position + from.position());
        }
        return size;
    }

    private static int checksum(byte[] record) {
        CRC32 checksum = new CRC32();
        checksum.update(record);
        return (int) checksum.getValue();
    }

    @Override
    public void close() throws IOException {
        lock.release();
        log.close();
        released.close();
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Entry(byte[] record, Instant writtenAt, long end) {}
}
