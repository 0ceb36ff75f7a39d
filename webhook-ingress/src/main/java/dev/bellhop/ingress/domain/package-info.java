/** What a webhook is and what makes it authentic: values and rules, without a framework. */
@NullMarked
package dev.bellhop.ingress.domain;

import org.jspecify.annotations.NullMarked;
