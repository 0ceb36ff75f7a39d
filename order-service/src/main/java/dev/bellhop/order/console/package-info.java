/** Pages for operators: what was received, what became of it, and what needs a person. Writes through use cases only. */
@NullMarked
package dev.bellhop.order.console;

import org.jspecify.annotations.NullMarked;
