/** HTTP out: webhooks signed and sent to merchants. */
@NullMarked
package dev.bellhop.gateway.delivery;

import org.jspecify.annotations.NullMarked;
