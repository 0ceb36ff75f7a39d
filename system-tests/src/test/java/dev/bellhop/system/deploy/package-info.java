/** What operators deploy: manifests, the compose file, dashboards and alerts, held against schemas and house rules. */
@NullMarked
package dev.bellhop.system.deploy;

import org.jspecify.annotations.NullMarked;
