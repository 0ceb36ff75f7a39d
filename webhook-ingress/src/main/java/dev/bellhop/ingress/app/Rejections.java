package dev.bellhop.ingress.app;

import dev.bellhop.ingress.domain.Reason;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.Source;

/** Where an operator can see what was refused. */
public interface Rejections {

    /** Keeps a trace of it, without secrets, if there is room: it must cost a forger more than us. Never waits or fails. */
    void report(Source source, Reason reason, SignedRequest request);
}
