/** What every service stands on, whatever it is about. */
@NullMarked
package dev.bellhop.chassis;

import org.jspecify.annotations.NullMarked;
