package dev.bellhop.order.console;

import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The last answer to a page that renews itself: a note on it. It stays as it is, with what is being typed into it. */
final class LastWord {

    /** Tells htmx not to ask again. */
    private static final int STOP_POLLING = 286;

    private LastWord() {}

    static Uni<Response> of(TemplateInstance note) {
        return note.createUni().map(html -> Response.status(STOP_POLLING)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
                .header("HX-Retarget", "#notice")
                .header("HX-Reswap", "innerHTML")
                .entity(html)
                .build());
    }
}
