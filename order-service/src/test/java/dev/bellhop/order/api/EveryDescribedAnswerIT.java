package dev.bellhop.order.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.bellhop.testing.Described;
import dev.bellhop.testing.DescribedAnswers;
import org.junit.jupiter.api.Test;

/**
 * What the API describes, it also does: each operation's every status was the answer to some test of this run. ({@link
 * DescribedAnswers} is the other half: no test gets an answer that is not described.) Only what no operation decides,
 * and the description therefore says once for all (400 for what is no proper HTTP, 408, 413, 414, 417, 429, 431, 500, 503), is asked
 * of the API once, not of each operation.
 *
 * <p>Quarkus runs the tests that need it first, so this one, which does not, runs last.
 */
class EveryDescribedAnswerIT {

    @Test
    void every_described_answer_was_given() {
        assumeThat(System.getProperty("it.test", ""))
                .as("only some tests ran, so not every answer can have been given")
                .isEmpty();

        assertThat(Described.missing()).isEmpty();
    }
}
