/** Timers: each calls one use case. */
@NullMarked
package dev.bellhop.ingress.schedule;

import org.jspecify.annotations.NullMarked;
