/** What travels on Kafka between Bellhop's services: topic and header names, records, schemas, samples. */
@NullMarked
package dev.bellhop.contract;

import org.jspecify.annotations.NullMarked;
