package dev.bellhop.order.api;

import dev.bellhop.order.domain.Scope;

/** The key or token is good, but not for this. */
final class Forbidden extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Forbidden(Scope needed) {
        super("this needs the scope " + needed.word());
    }
}
