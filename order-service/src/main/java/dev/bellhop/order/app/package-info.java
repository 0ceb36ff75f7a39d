/** Use cases, one class per verb, and the ports that they need. */
@NullMarked
package dev.bellhop.order.app;

import org.jspecify.annotations.NullMarked;
