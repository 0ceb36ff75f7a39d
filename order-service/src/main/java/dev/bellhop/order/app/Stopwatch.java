package dev.bellhop.order.app;

/** Counts evenly, whatever is done to the host's clock. */
public interface Stopwatch {

    /** Since some moment of this process's life, or before it. */
    long nanos();
}
