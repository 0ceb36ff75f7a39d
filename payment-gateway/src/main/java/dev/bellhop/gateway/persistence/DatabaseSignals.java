package dev.bellhop.gateway.persistence;

/** What the database tells us of its own accord. */
final class DatabaseSignals {

    static final String CHANNEL = "gateway";

    private DatabaseSignals() {}
}
