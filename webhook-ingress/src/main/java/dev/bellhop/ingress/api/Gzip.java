package dev.bellhop.ingress.api;

import dev.bellhop.ingress.domain.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A compressed body, bounded by what comes out of it: a small one may hold gigabytes of nothing. */
final class Gzip {

    private static final int CHUNK = 8192;

    private Gzip() {}

    /** Calls back once, with the whole or with the reason why not. */
    static void inflate(byte[] body, int limit, Consumer<byte[]> whole, Consumer<Reason> refused) {
        ByteArrayOutputStream inflated = new ByteArrayOutputStream(Math.min(CHUNK, limit));
        byte[] chunk = new byte[CHUNK];
        try (GZIPInputStream input = new Members(body)) {
            for (int read = input.read(chunk); read >= 0; read = input.read(chunk)) {
                if (inflated.size() + read > limit) {
                    refused.accept(Reason.BODY_TOO_LARGE);
                    return;
                }
                inflated.write(chunk, 0, read);
            }
        } catch (IOException e) {
            refused.accept(Reason.BODY_MALFORMED);
            return;
        }
        whole.accept(inflated.toByteArray());
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
