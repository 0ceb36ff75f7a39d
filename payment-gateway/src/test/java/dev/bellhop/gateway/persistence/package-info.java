/** Files that a person writes. */
@NullMarked
package dev.bellhop.gateway.persistence;

import org.jspecify.annotations.NullMarked;
