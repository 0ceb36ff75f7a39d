/** What an order is, what money facts mean to it, and which moves it allows. */
@NullMarked
package dev.bellhop.order.domain;

import org.jspecify.annotations.NullMarked;
