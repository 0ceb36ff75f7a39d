/** The gateway as a whole: stories against a real database and a recording receiver. */
@NullMarked
package dev.bellhop.gateway;

import org.jspecify.annotations.NullMarked;
