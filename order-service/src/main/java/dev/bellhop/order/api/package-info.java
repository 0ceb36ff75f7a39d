/** HTTP in: resources, requests and views, and the one place that knows what failures look like. */
@NullMarked
package dev.bellhop.order.api;

import org.jspecify.annotations.NullMarked;
