package dev.bellhop.gateway.app;

/** Port: wakes the delivery worker of this process. */
public interface Doorbell {

    /** There may be something to deliver. Returns at once. */
    void ring();
}
