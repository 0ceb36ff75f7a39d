/** What the gateway does, one class per use case, and the ports that it needs. */
@NullMarked
package dev.bellhop.gateway.app;

import org.jspecify.annotations.NullMarked;
