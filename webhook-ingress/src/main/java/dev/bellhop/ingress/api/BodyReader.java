package dev.bellhop.ingress.api;

import dev.bellhop.ingress.domain.Reason;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Reads one body into one array, counting as it comes, within a time. Calls back once, or never if the sender leaves. */
final class BodyReader {

    /** How many bytes it makes room for before any came. */
    static final int FIRST = 16 << 10;

    private final int most;
    private final IntPredicate room;
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

    /**
     * @param most bytes that may come
     * @param room whether so many more than the first may be kept
     */
    BodyReader(int most, IntPredicate room, Consumer<byte[]> whole, Consumer<Reason> refused) {
        this.most = most;
        this.room = room;
        this.whole = whole;
        this.refused = refused;
        this.bytes = new byte[Math.min(FIRST, most)];
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
        if ((long) size + length > most) {
            refuse(Reason.BODY_TOO_LARGE);
            return;
        }
        if (size + length > bytes.length) {
            int larger = (int) Math.min(most, Math.max(2L * bytes.length, (long) size + length));
            if (!room.test(larger - bytes.length)) {
                refuse(Reason.OVERLOADED);
                return;
            }
            bytes = Arrays.copyOf(bytes, larger);
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
