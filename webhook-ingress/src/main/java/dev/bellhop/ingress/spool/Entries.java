package dev.bellhop.ingress.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A file of entries, each a marker, a checksum, its length, the time, and the record. By the marker the entry behind a
 * damaged one is found: chance made it, for this file, so that nothing passes for an entry that a sender wrote into a body.
 * What the disk cannot read is damaged as much as what has a wrong checksum.
 */
final class Entries implements AutoCloseable {

    static final int PIECE = 1 << 20;

    private static final int HEADER = Long.BYTES + Integer.BYTES + Integer.BYTES + Long.BYTES;
    private static final int LARGEST = 1 << 28;
    private static final int SECTOR = 4096;

    private final FileChannel file;
    private final long marker;

    Entries(FileChannel file, long marker) {
        this.file = file;
        this.marker = marker;
    }

    /** That of a file which begins with an entry; null if it does not. */
    static @Nullable Long marker(FileChannel file) throws IOException {
        byte[] first = new Entries(file, 0).readable(0, Long.BYTES);
        if (first == null) {
            return null;
        }
        long marker = ByteBuffer.wrap(first).getLong();
        return new Entries(file, marker).read(0) == null ? null : marker;
    }

    ByteBuffer entry(byte[] record, Instant now) {
        long millis = now.toEpochMilli();
        return ByteBuffer.allocate(HEADER + record.length)
                .putLong(marker)
                .putInt(checksum(millis, record))
                .putInt(record.length)
                .putLong(millis)
                .put(record)
                .flip();
    }

    /** Null if no whole entry is there. */
    @Nullable
    Entry read(long position) throws IOException {
        byte[] head = readable(position, HEADER);
        if (head == null) {
            return null;
        }
        ByteBuffer header = ByteBuffer.wrap(head);
        if (header.getLong() != marker) {
            return null;
        }
        int checksum = header.getInt();
        int length = header.getInt();
        long millis = header.getLong();
        byte[] record = length < 0 || length > LARGEST ? null : readable(position + HEADER, length);
        if (record == null || checksum(millis, record) != checksum) {
            return null;
        }
        return new Entry(record, Instant.ofEpochMilli(millis), position, position + HEADER + length);
    }

    /** Null if they are not all there, or the disk does not give them. */
    private byte @Nullable [] readable(long position, int length) throws IOException {
        if (position + length > size()) {
            return null;
        }
        byte[] bytes = new byte[length];
        try {
            readFully(ByteBuffer.wrap(bytes), position);
            return bytes;
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            return null;
        }
    }

    /** Where the last entry ends that is behind this place. */
    long lastEnd(long position) throws IOException {
        long end = position;
        for (long at = position; at < size(); ) {
            Entry entry = read(at);
            at = entry == null ? next(at, size()) : entry.end();
            end = entry == null ? end : at;
        }
        return end;
    }

    /** Where the first whole entry begins behind a damaged one; if there is none, the end. */
    long next(long damaged, long end) throws IOException {
        long begin = damaged + 1;
        while (begin < end) {
            ByteBuffer piece = rescued(begin, Math.min(end, begin + PIECE));
            for (int i = 0; i + Long.BYTES <= piece.limit(); i++) {
                if (piece.getLong(i) == marker && read(begin + i) != null) {
                    return begin + i;
                }
            }
            begin += Math.max(1, piece.limit() - Long.BYTES + 1);
        }
        return end;
    }

    /**
     * A piece at most, with zeros for what the disk does not give. Fails if it gives nothing of a whole piece: then it is the
     * disk that is gone, not what is on it.
     */
    ByteBuffer rescued(long from, long to) throws IOException {
        byte[] whole = readable(from, (int) (to - from));
        if (whole != null) {
            return ByteBuffer.wrap(whole);
        }
        ByteBuffer rescued = ByteBuffer.allocate((int) (to - from));
        boolean nothing = true;
        for (long at = from; at < to; ) {
            long end = Math.min(to, (at / SECTOR + 1) * SECTOR);
            byte[] sector = readable(at, (int) (end - at));
            if (sector != null) {
                rescued.put((int) (at - from), sector);
                nothing = false;
            }
            at = end;
        }
        if (nothing && to - from == PIECE) {
            throw new IOException("the disk gives nothing of " + PIECE + " bytes at " + from);
        }
        return rescued;
    }

    void readFully(ByteBuffer into, long position) throws IOException {
        while (into.hasRemaining()) {
            if (file.read(into, position + into.position()) < 0) {
                throw new IOException("the file became smaller");
            }
        }
        into.flip();
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

    private static int checksum(long millis, byte[] record) {
        CRC32 checksum = new CRC32();
        checksum.update(ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                .putInt(record.length)
                .putLong(millis)
                .flip());
        checksum.update(record);
        return (int) checksum.getValue();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** One that is whole. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Entry(byte[] record, Instant writtenAt, long begin, long end) {}
}
