/** The names of all metrics, and nothing else that counts: docs/metrics.md says what each one means. */
@NullMarked
package dev.bellhop.order.telemetry;

import org.jspecify.annotations.NullMarked;
