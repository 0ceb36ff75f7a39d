/** Kafka in and out. */
@NullMarked
package dev.bellhop.order.messaging;

import org.jspecify.annotations.NullMarked;
