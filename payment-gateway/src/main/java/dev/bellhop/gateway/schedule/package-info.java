/** Timers and wake-ups; each calls one use case. */
@NullMarked
package dev.bellhop.gateway.schedule;

import org.jspecify.annotations.NullMarked;
