/** PostgreSQL: the only place that knows SQL. */
@NullMarked
package dev.bellhop.gateway.persistence;

import org.jspecify.annotations.NullMarked;
