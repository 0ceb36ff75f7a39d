/** Files in which accepted events wait while the broker is away. */
@NullMarked
package dev.bellhop.ingress.spool;

import org.jspecify.annotations.NullMarked;
