package dev.bellhop.testing.sins.oidc;

import dev.bellhop.testing.sins.persistence.Row;

/** Knows another adapter. */
final class Nosy {

    Row row = new Row();
}
