package dev.bellhop.order.app;

/** Port: the database's own word that something was written to the outbox, by whichever instance. */
public interface RelaySignals {

    /** Calls {@code ring} after each commit that wrote to the outbox; some may be missed while the database is away. */
    void onChange(Runnable ring);
}
