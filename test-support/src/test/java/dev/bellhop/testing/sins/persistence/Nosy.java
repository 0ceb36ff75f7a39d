package dev.bellhop.testing.sins.persistence;

import dev.bellhop.testing.sins.messaging.Heard;

/** Knows another adapter. */
final class Nosy {

    Heard heard = new Heard();
}
