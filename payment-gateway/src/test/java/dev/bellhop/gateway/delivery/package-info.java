/** Signatures, addresses and shipments, each against a witness that is not ours. */
@NullMarked
package dev.bellhop.gateway.delivery;

import org.jspecify.annotations.NullMarked;
