package dev.bellhop.order.app;

/** Port: the word between instances that something was written to the outbox. Some may be lost; the sweep finds it then. */
public interface RelaySignals {

    /** Calls {@code ring} after a {@link #ring} of any instance. */
    void onChange(Runnable ring);

    /** Something may have been committed. Returns at once; many calls at once are as good as one. */
    void ring();
}
