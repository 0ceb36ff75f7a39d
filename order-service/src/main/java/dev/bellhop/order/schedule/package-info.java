/** Timers: each calls one use case. */
@NullMarked
package dev.bellhop.order.schedule;

import org.jspecify.annotations.NullMarked;
