/** How each provider signs and shapes its webhooks: one small class per scheme, found by CDI. */
@NullMarked
package dev.bellhop.ingress.scheme;

import org.jspecify.annotations.NullMarked;
