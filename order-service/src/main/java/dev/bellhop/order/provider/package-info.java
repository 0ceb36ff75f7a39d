/** HTTP out to the payment provider. */
@NullMarked
package dev.bellhop.order.provider;

import org.jspecify.annotations.NullMarked;
