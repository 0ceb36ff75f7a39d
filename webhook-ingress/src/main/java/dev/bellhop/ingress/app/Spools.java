package dev.bellhop.ingress.app;

import dev.bellhop.ingress.domain.Source;
import java.util.Map;

/** The spools: one for each source, so that a topic that takes nothing holds up the events of its own source only. */
public interface Spools {

    /** That of a source which is {@link Source#spooled}. */
    Spool of(Source source);

    /** Every one by the name of its source, also of those that an earlier process had and this one has not. */
    Map<String, Spool> all();
}
