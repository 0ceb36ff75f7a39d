package dev.bellhop.local;

import java.time.Duration;

/** Hears what the stack is doing. Called from several threads. */
public interface Progress {

    /** Hears nothing. */
    Progress SILENT = new Progress() {
        @Override
        public void starting(String part) {}

        @Override
        public void ready(String part, Duration after) {}

        @Override
        public void stopping(String part) {}
    };

    /** {@code part} was begun. */
    void starting(String part);

    /** {@code part} can be used. */
    void ready(String part, Duration after);

    /** {@code part} is asked to end. */
    void stopping(String part);
}
