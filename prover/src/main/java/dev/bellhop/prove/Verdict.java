package dev.bellhop.prove;

import java.util.List;

/**
 * What the evidence says of a guarantee.
 *
 * @param checked at how many places it was looked at
 * @param broken where it did not hold
 */
record Verdict(Guarantee guarantee, int checked, List<String> broken) {

    Verdict {
        broken = List.copyOf(broken);
    }

    boolean kept() {
        return broken.isEmpty() && checked > 0;
    }

    /** Nothing of this run has put it to the test. */
    boolean untested() {
        return checked == 0;
    }
}
