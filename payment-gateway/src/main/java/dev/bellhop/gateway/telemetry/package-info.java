/** The names of all metrics. */
@NullMarked
package dev.bellhop.gateway.telemetry;

import org.jspecify.annotations.NullMarked;
