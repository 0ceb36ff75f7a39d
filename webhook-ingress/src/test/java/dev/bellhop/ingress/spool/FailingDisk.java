package dev.bellhop.ingress.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Real files on a disk that can be full, or fail at what it is told. */
final class FailingDisk implements Journal.Opening {

    /** What may fail. */
    enum Call {
        FORCE,
        TRUNCATE
    }

    static final int SECTOR = 4096;

    private static final long PLENTY = 1L << 40;

    private final Map<String, Integer> failing = new ConcurrentHashMap<>();
    private volatile CountDownLatch hanging = new CountDownLatch(0);
    private final AtomicLong room = new AtomicLong(PLENTY);
    private volatile long unreadableFrom;
    private volatile long unreadableTo;

    /** So many bytes more, then no space is left. */
    void leave(long bytes) {
        room.set(bytes);
    }

    long room() {
        return room.get();
    }

    void enlarge() {
        room.set(PLENTY);
    }

    /** Fails from now on. */
    void fail(Call call, String file) {
        fail(call, file, 0);
    }

    /** Fails after so many that do not. */
    void fail(Call call, String file, int after) {
        failing.put(call + file, after);
    }

    /** The sectors in which these bytes of the events are. */
    void wearOut(long from, long to) {
        unreadableFrom = from / SECTOR * SECTOR;
        unreadableTo = (to + SECTOR - 1) / SECTOR * SECTOR;
    }

    void mend() {
        failing.clear();
    }

    /** A sync does not come back until {@link #goOn}. */
    void hang() {
        hanging = new CountDownLatch(1);
    }

    void goOn() {
        hanging.countDown();
    }

    private void check(Call call, String file) throws IOException {
        Integer left = failing.computeIfPresent(call + file, (key, before) -> before - 1);
        if (left != null && left < 0) {
            throw new IOException("Input/output error");
        }
    }

    @Override
    public FileChannel open(Path file) throws IOException {
        return new Channel(
                String.valueOf(file.getFileName()),
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    private final class Channel extends FileChannel {

        private final String name;
        private final FileChannel file;
        private long synced;

        Channel(String name, FileChannel file) throws IOException {
            this.name = name;
            this.file = file;
            this.synced = file.size();
        }

        /** As much as there is room for, as the kernel does. */
        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            long before = file.size();
            long allowed = Math.min(from.remaining(), Math.max(0, before - position) + room.get());
            if (allowed <= 0) {
                throw new IOException("No space left on device");
            }
            ByteBuffer part = from.slice().limit((int) allowed);
            int written = file.write(part, position);
            from.position(from.position() + written);
            room.addAndGet(before - file.size());
            return written;
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            check(Call.TRUNCATE, name);
            long before = file.size();
            file.truncate(size);
            room.addAndGet(before - file.size());
            synced = Math.min(synced, file.size());
            return this;
        }

        /** What could not be written is gone afterwards. */
        @Override
        public void force(boolean metaData) throws IOException {
            try {
                hanging.await();
                check(Call.FORCE, name);
            } catch (IOException e) {
                if (file.size() > synced && name.equals(Journal.EVENTS)) {
                    file.write(ByteBuffer.allocate((int) (file.size() - synced)), synced);
                }
                throw e;
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            file.force(metaData);
            synced = file.size();
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            boolean worn = position < unreadableTo && position + into.remaining() > unreadableFrom;
            if (worn && name.equals(Journal.EVENTS)) {
                throw new IOException("Input/output error");
            }
            return file.read(into, position);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }

        @Override
        public int read(ByteBuffer into) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long read(ByteBuffer[] into, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(ByteBuffer from) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long write(ByteBuffer[] from, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long position() {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileChannel position(long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }
    }
}
