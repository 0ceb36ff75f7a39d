package dev.bellhop.gateway.app;

/** Port: where ids come from. */
public interface Ids {

    /**
     * A new id: {@code prefix}, an underscore and letters and digits.
     *
     * @param origin what the id is derived from when a fault plan is in force, so that equal runs have equal ids
     */
    String next(String prefix, String... origin);
}
