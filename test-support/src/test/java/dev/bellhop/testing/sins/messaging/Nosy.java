package dev.bellhop.testing.sins.messaging;

import dev.bellhop.testing.sins.persistence.Row;

/** Knows another adapter. */
final class Nosy {

    Row row = new Row();
}
