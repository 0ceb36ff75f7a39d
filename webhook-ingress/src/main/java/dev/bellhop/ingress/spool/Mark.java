package dev.bellhop.ingress.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What a journal's second file says of the first. It is always written over, which takes no room: a full disk can be emptied.
 *
 * @param marker of its entries
 * @param released what is before has been dealt with
 * @param synced what is before was on disk, and somebody may have been told so; what is behind may be, too
 * @param cutting whether what is behind is about to be cut off: none of it counts
 */
record Mark(long marker, long released, long synced, boolean cutting) {

    private static final int SIZE = 3 * Long.BYTES + Integer.BYTES;

    /** Null if there is none, or not a whole one. */
    static @Nullable Mark read(FileChannel file) {
        ByteBuffer bytes = ByteBuffer.allocate(SIZE);
        try {
            if (file.read(bytes, 0) != SIZE) {
                return null;
            }
        } catch (IOException e) {
            return null;
        }
        bytes.flip();
        Mark mark = of(bytes.getLong(), bytes.getLong(), bytes.getLong());
        return bytes.equals(mark.bytes().position(bytes.position())) ? mark : null;
    }

    /** A place where all is about to be cut off is written as its complement. */
    private static Mark of(long marker, long released, long synced) {
        return new Mark(marker, released, synced < 0 ? ~synced : synced, synced < 0);
    }

    void write(FileChannel file) throws IOException {
        Entries.writeFully(file, bytes(), 0);
    }

    private ByteBuffer bytes() {
        ByteBuffer bytes =
                ByteBuffer.allocate(SIZE).putLong(marker).putLong(released).putLong(cutting ? ~synced : synced);
        CRC32 checksum = new CRC32();
        checksum.update(bytes.array(), 0, bytes.position());
        return bytes.putInt((int) checksum.getValue()).flip();
    }
}
