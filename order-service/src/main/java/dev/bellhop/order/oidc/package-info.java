/** Access tokens: asked of an OpenID Connect server, if there is one. */
@NullMarked
package dev.bellhop.order.oidc;

import org.jspecify.annotations.NullMarked;
