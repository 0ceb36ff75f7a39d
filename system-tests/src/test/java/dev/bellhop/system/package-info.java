/** Stories: the packaged services as processes, seen from outside, with crashes and outages. */
@NullMarked
package dev.bellhop.system;

import org.jspecify.annotations.NullMarked;
