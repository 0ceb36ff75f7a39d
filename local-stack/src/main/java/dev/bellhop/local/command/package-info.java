/** The {@code ./bellhop} command: what a person sees of the local stack. */
@NullMarked
package dev.bellhop.local.command;

import org.jspecify.annotations.NullMarked;
