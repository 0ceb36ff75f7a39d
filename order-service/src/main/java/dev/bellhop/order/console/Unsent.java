package dev.bellhop.order.console;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.multipart.FormData;
import org.jboss.resteasy.reactive.server.multipart.FormValue;
import org.jspecify.annotations.Nullable;

/**
 * A form that did nothing, because the session that it was made for had ended: kept, to be looked at and sent again. Only what
 * the browser vouches to be a form of ours is kept, or another site could fill one in.
 *
 * @param action where it goes, within the console
 * @param fields what was filled in, without the token
 */
record Unsent(String action, Map<String, String> fields) {

    private static final String TOKEN = "token";
    private static final String CARRIED = "unsent";
    private static final String PREFIX = CARRIED + ".";

    /** What the forms call their fields; empty for what they do not show, and for the reason, which can be changed. */
    private static final Map<String, String> LABELS = Map.of(
            "version", "",
            "reason", "",
            "move", "Action",
            "decision", "Action",
            "perSecond", "At most per second",
            "origin", "Dead letter");

    /** The form at hand; null if there is nothing to keep. */
    static @Nullable Unsent of(ContainerRequestContext request) {
        Map<String, String> fields = form();
        fields.remove(TOKEN);
        return fields.isEmpty() || !isOurs(request) ? null : new Unsent(Links.asked(request), fields);
    }

    /** The token of the form at hand. */
    static @Nullable String token() {
        return form().get(TOKEN);
    }

    /** The form that the login carries on; null if it carries none. */
    static @Nullable Unsent carried(ContainerRequestContext request) {
        Map<String, String> all = form();
        String action = all.get(CARRIED);
        if (action == null || !Links.isInside(action) || !isOurs(request)) {
            return null;
        }
        Map<String, String> fields = new LinkedHashMap<>();
        all.forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                fields.put(name.substring(PREFIX.length()), value);
            }
        });
        return new Unsent(action, fields);
    }

    /** What was chosen and typed, by the labels of the form. */
    public Map<String, String> labelled() {
        Map<String, String> all = new LinkedHashMap<>();
        fields.forEach((name, value) -> all.put(LABELS.getOrDefault(name, name), value));
        all.remove("");
        all.values().removeIf(String::isBlank);
        return all;
    }

    /** The page that the form was on. */
    public Assets.@Nullable Place page() {
        return Links.formOf(action);
    }

    private static boolean isOurs(ContainerRequestContext request) {
        return "same-origin".equals(request.getHeaderString("Sec-Fetch-Site"));
    }

    private static Map<String, String> form() {
        Map<String, String> fields = new LinkedHashMap<>();
        FormData form = CurrentRequestManager.get().getFormData();
        if (form != null) {
            for (String name : form) {
                FormValue value = form.getFirst(name);
                if (!value.isFileItem()) {
                    fields.put(name, value.getValue());
                }
            }
        }
        return fields;
    }
}
