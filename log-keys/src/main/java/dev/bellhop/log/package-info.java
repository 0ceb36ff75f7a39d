/** How our log lines become JSON. */
@NullMarked
package dev.bellhop.log;

import org.jspecify.annotations.NullMarked;
