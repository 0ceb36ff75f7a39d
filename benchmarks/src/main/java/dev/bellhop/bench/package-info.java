/** What {@code ./bellhop bench} runs: scenarios, the load driver, the yardsticks and the report. */
@NullMarked
package dev.bellhop.bench;

import org.jspecify.annotations.NullMarked;
