package dev.bellhop.ingress.api;

import dev.bellhop.ingress.domain.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A compressed body, bounded by what comes out of it: a small one may hold gigabytes of nothing. */
final class Gzip {

    private static final int CHUNK = 8192;

    /** A match of the longest length, 258 bytes, takes two bits at least (RFC 1951, 3.2.5). */
    private static final long RATIO = 1032;

    private Gzip() {}

    /** So much can come out at most, of what is allowed. */
    static int most(byte[] body, int allowed) {
        return (int) Math.min(allowed, RATIO * body.length);
    }

    /**
     * Calls one of them, with the whole or with the reason why not. Takes twice the limit of memory at most: a buffer, and a
     * copy.
     */
    static <T> T inflate(byte[] body, int limit, Function<byte[], T> whole, Function<Reason, T> refused) {
        byte[] inflated = new byte[Math.min(CHUNK, limit)];
        int size = 0;
        byte[] chunk = new byte[CHUNK];
        try (GZIPInputStream input = new Members(body)) {
            for (int read = input.read(chunk); read >= 0; read = input.read(chunk)) {
                if (size + read > limit) {
                    return refused.apply(Reason.BODY_TOO_LARGE);
                }
                if (size + read > inflated.length) {
                    inflated = Arrays.copyOf(inflated, Math.min(limit, 2 * inflated.length));
                }
                System.arraycopy(chunk, 0, inflated, size, read);
                size += read;
            }
        } catch (IOException e) {
            return refused.apply(Reason.BODY_MALFORMED);
        }
        return whole.apply(Arrays.copyOf(inflated, size));
    }

    /** Of several members in a row, the JDK reads past each that is empty by one more call within the call before. */
    private static final class Members extends GZIPInputStream {

        private static final int MOST_EMPTY = 100;

        private int empty;

        Members(byte[] body) throws IOException {
            super(new ByteArrayInputStream(body), CHUNK);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (empty > MOST_EMPTY) {
                throw new ZipException("nothing but empty members");
            }
            empty++;
            try {
                return super.read(buffer, offset, length);
            } finally {
                empty--;
            }
        }
    }
}
