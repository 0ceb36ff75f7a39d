package dev.bellhop.prove;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Something that was looked at while the run went on.
 *
 * @param kept whether the guarantee held there
 */
record Observation(Guarantee guarantee, boolean kept, String what) {

    /** Everything that was seen, from any thread. */
    static final class Log {

        private final Queue<Observation> all = new ConcurrentLinkedQueue<>();

        void add(Guarantee guarantee, boolean kept, String what) {
            all.add(new Observation(guarantee, kept, what));
        }

        List<Observation> of(Guarantee guarantee) {
            return all.stream().filter(seen -> seen.guarantee == guarantee).toList();
        }
    }
}
