/** HTTP in: the one route that providers post to, and how each refusal looks from outside. */
@NullMarked
package dev.bellhop.ingress.api;

import org.jspecify.annotations.NullMarked;
