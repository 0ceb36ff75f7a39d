package dev.bellhop.order;

import java.util.Queue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** What is logged, for tests to look at. */
public final class KeptLines extends Handler {

    private final Queue<LogRecord> lines;

    public KeptLines(Queue<LogRecord> lines) {
        this.lines = lines;
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(line);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
