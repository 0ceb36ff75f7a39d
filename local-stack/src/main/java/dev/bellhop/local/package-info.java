/** Real Kafka, real PostgreSQL and the packaged services as processes of this machine, without containers. */
@NullMarked
package dev.bellhop.local;

import org.jspecify.annotations.NullMarked;
