/** How settings are read. */
@NullMarked
package dev.bellhop.ingress.settings;

import org.jspecify.annotations.NullMarked;
