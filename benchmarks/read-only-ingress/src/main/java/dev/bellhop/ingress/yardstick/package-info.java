/** An endpoint to compare with. */
@NullMarked
package dev.bellhop.ingress.yardstick;

import org.jspecify.annotations.NullMarked;
