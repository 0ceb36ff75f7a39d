/** The names of what is measured. */
@NullMarked
package dev.bellhop.order.telemetry;

import org.jspecify.annotations.NullMarked;
