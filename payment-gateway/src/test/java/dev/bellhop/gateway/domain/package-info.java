/** The rules, without a framework. */
@NullMarked
package dev.bellhop.gateway.domain;

import org.jspecify.annotations.NullMarked;
