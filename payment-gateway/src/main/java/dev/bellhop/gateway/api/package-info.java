/** HTTP in: payments, webhook endpoints, events, the simulator and the checkout page. */
@NullMarked
package dev.bellhop.gateway.api;

import org.jspecify.annotations.NullMarked;
