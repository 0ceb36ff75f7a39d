package dev.bellhop.ingress.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A file of entries, each its length, a checksum, the time, and the record. The entry behind a damaged one is looked for
 * where the damaged one's length says, and nowhere else: what a sender wrote into a body must not pass for an entry.
 */
final class Entries implements AutoCloseable {

    static final int PIECE = 1 << 20;

    private static final int HEADER = Integer.BYTES + Integer.BYTES + Long.BYTES;
    private static final int LARGEST = 1 << 28;

    private final FileChannel file;

    Entries(FileChannel file) {
        this.file = file;
    }

    static ByteBuffer entry(byte[] record, Instant now) {
        return ByteBuffer.allocate(HEADER + record.length)
                .putInt(record.length)
                .putInt(checksum(record))
                .putLong(now.toEpochMilli())
                .put(record)
                .flip();
    }

    /** Null if no whole entry is there. */
    @Nullable
    Entry read(long position) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        if (!readFully(header, position)) {
            return null;
        }
        int length = header.getInt();
        int checksum = header.getInt();
        Instant writtenAt = Instant.ofEpochMilli(header.getLong());
        // Nothing is no record: a crash may leave zeros at the end, and theirs is the checksum of nothing.
        if (length <= 0 || length > LARGEST || position + HEADER + length > size()) {
            return null;
        }
        ByteBuffer record = ByteBuffer.allocate(length);
        if (!readFully(record, position + HEADER) || checksum(record.array()) != checksum) {
            return null;
        }
        return new Entry(record.array(), writtenAt, position + HEADER + length);
    }

    /** Where the last entry ends that can be reached from this one. */
    long lastEnd(long position) throws IOException {
        long end = position;
        while (end < size()) {
            Entry entry = read(end);
            long next = entry == null ? damageEnd(end, size()) : entry.end();
            if (entry == null && next == size()) {
                return end;
            }
            end = next;
        }
        return end;
    }

    /** Where a damaged entry ends: before the next one or, if none is to be found, at the end. */
    long damageEnd(long position, long end) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(Integer.BYTES);
        int length = readFully(header, position) ? header.getInt() : 0;
        long next = position + HEADER + length;
        return length > 0 && length <= LARGEST && next < end && read(next) != null ? next : end;
    }

    boolean isZeros(long position) throws IOException {
        for (long at = position; at < size(); at += PIECE) {
            ByteBuffer piece = piece(at, size());
            while (piece.hasRemaining()) {
                if (piece.get() != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Its first bytes. */
    ByteBuffer piece(long from, long to) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, to - from));
        if (!readFully(piece, from)) {
            throw new IOException("the file became smaller");
        }
        return piece;
    }

    boolean readFully(ByteBuffer into, long position) throws IOException {
        while (into.hasRemaining()) {
            if (file.read(into, position + into.position()) < 0) {
                return false;
            }
        }
        into.flip();
        return true;
    }

    int write(ByteBuffer from, long position) throws IOException {
        return writeFully(file, from, position);
    }

    static int writeFully(FileChannel file, ByteBuffer from, long position) throws IOException {
        int size = from.remaining();
        while (from.hasRemaining()) {
            file.write(from, position + from.position());
        }
        return size;
    }

    long size() throws IOException {
        return file.size();
    }

    void truncate(long size) throws IOException {
        file.truncate(size);
    }

    void force() throws IOException {
        file.force(false);
    }

    private static int checksum(byte[] record) {
        CRC32 checksum = new CRC32();
        checksum.update(record);
        return (int) checksum.getValue();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** One that is whole. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Entry(byte[] record, Instant writtenAt, long end) {}
}
