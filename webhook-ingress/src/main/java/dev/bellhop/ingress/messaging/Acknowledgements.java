package dev.bellhop.ingress.messaging;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Waits for all records, or for the first failure; tells once, on any thread. */
final class Acknowledgements implements Callback {

    private final AtomicInteger missing;
    private final AtomicBoolean failed = new AtomicBoolean();
    private final Runnable all;
    private final Consumer<Exception> none;

    Acknowledgements(int count, Runnable all, Consumer<Exception> none) {
        this.missing = new AtomicInteger(count);
        this.all = all;
        this.none = none;
    }

    boolean haveFailed() {
        return failed.get();
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
        if (failure != null) {
            if (failed.compareAndSet(false, true)) {
                none.accept(failure);
            }
        } else if (missing.decrementAndGet() == 0) {
            all.run();
        }
    }
}
