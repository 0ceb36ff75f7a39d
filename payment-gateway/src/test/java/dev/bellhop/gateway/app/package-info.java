/** What use cases keep in memory. */
@NullMarked
package dev.bellhop.gateway.app;

import org.jspecify.annotations.NullMarked;
