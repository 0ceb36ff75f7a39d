package dev.bellhop.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** What a service that runs in this JVM takes of the heap, whether it is given back or not. */
public final class Allocations {

    private Allocations() {}

    /** Bytes that the threads which answer requests have allocated until now: event loops and workers. */
    public static long ofAnswers() {
        long[] answering = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("vert.x-eventloop")
                        || thread.getName().startsWith("executor-thread"))
                .mapToLong(Thread::getId)
                .toArray();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadAllocatedBytes(answering)).sum();
    }
}
