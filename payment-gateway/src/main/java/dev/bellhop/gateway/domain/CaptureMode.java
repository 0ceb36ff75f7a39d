package dev.bellhop.gateway.domain;

/** When a confirmed payment's money is taken. */
public enum CaptureMode {
    /** With the confirmation. */
    AUTOMATIC,
    /** By a later call; until then it is reserved. */
    MANUAL
}
