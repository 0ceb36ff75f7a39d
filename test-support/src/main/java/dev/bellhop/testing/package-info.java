/** What every module's tests share: the real broker and database, and the house rules. */
@NullMarked
package dev.bellhop.testing;

import org.jspecify.annotations.NullMarked;
