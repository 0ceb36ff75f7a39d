/** What a payment provider knows, as plain rules and records. */
@NullMarked
package dev.bellhop.gateway.domain;

import org.jspecify.annotations.NullMarked;
