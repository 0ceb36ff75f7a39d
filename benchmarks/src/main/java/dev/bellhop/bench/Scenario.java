package dev.bellhop.bench;

import java.util.List;

/** One question that the bench answers with figures from one run on one machine. */
interface Scenario {

    /** The word for {@code --scenarios}. */
    String name();

    /** Runs it; bounded in count and time. */
    List<Measurement> run(Surroundings surroundings) throws Exception;
}
