package dev.bellhop.ingress.api;

import dev.bellhop.ingress.domain.Reason;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads one body into one array, counting as it comes, within a time. Calls back once, or never if the sender leaves. */
final class BodyReader {

    private static final int FIRST_CHUNK = 4096;

    private final int limit;
    private final Consumer<byte[]> whole;
    private final Consumer<Reason> refused;
    private byte[] bytes;
    private int size;
    private boolean done;

    /** Of {@link BodyDeadlines}, which keeps its queue in here. */
    @Nullable
    BodyReader older;

    @Nullable
    BodyReader newer;

    long deadline;
    boolean waiting;

    /** {@code declared} is the length that the sender announced and that was found small enough, or -1 for chunks. */
    BodyReader(int declared, int limit, Consumer<byte[]> whole, Consumer<Reason> refused) {
        this.limit = limit;
        this.whole = whole;
        this.refused = refused;
        this.bytes = new byte[declared >= 0 ? declared : Math.min(FIRST_CHUNK, limit)];
    }

    void read(HttpServerRequest request, BodyDeadlines deadlines) {
        deadlines.add(this);
        request.exceptionHandler(ignored -> {
            deadlines.remove(this);
            done = true;
        });
        request.handler(this::add);
        request.endHandler(ignored -> {
            deadlines.remove(this);
            end();
        });
        request.resume();
    }

    void isLate() {
        refuse(Reason.SENDER_TOO_SLOW);
    }

    private void add(Buffer chunk) {
        if (done) {
            return;
        }
        int length = chunk.length();
        if ((long) size + length > limit) {
            refuse(Reason.BODY_TOO_LARGE);
            return;
        }
        if (size + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(2L * bytes.length, (long) size + length)));
        }
        chunk.getBytes(0, length, bytes, size);
        size += length;
    }

    private void end() {
        if (!done) {
            done = true;
            whole.accept(size == bytes.length ? bytes : Arrays.copyOf(bytes, size));
        }
    }

    private void refuse(Reason reason) {
        if (!done) {
            done = true;
            bytes = new byte[0];
            refused.accept(reason);
        }
    }
}
