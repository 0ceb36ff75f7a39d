package dev.bellhop.order.app;

/** Port: whether the provider is asked. */
public interface ProviderAccess {

    /** False while this instance leaves it alone, after it failed several times. */
    boolean isOpen();
}
