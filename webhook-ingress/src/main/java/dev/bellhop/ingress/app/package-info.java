/** What the ingress does with a delivery, and which sources it knows. */
@NullMarked
package dev.bellhop.ingress.app;

import org.jspecify.annotations.NullMarked;
