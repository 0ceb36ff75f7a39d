package dev.bellhop.gateway.app;

/** There is no such thing, or the caller may not see it. */
public final class NotFound extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String noun;

    public NotFound(String noun, String id) {
        super("no " + noun + " " + id);
        this.noun = noun;
    }

    /** What was looked for, in one lower-case word. */
    public String noun() {
        return noun;
    }
}
