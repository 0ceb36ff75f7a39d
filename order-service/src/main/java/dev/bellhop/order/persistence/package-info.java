/** SQL: the tables of the database orders. */
@NullMarked
package dev.bellhop.order.persistence;

import org.jspecify.annotations.NullMarked;
