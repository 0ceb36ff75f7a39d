/** Kafka out: verified webhooks as CloudEvents. */
@NullMarked
package dev.bellhop.ingress.messaging;

import org.jspecify.annotations.NullMarked;
