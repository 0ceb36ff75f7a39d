package dev.bellhop.local.command;

/** A step of the demo was not as it should be. */
final class StepFailure extends Exception {

    private static final long serialVersionUID = 1L;

    StepFailure(String message) {
        super(message);
    }
}
