/** What {@code ./bellhop prove} does: drives orders, breaks the suite meanwhile, and compares every order with the truth. */
@NullMarked
package dev.bellhop.prove;

import org.jspecify.annotations.NullMarked;
