package dev.bellhop.order.console;

import dev.bellhop.order.domain.ReceivedEvent;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Paths within the console. */
final class Links {

    static final String HOME = "/console";

    private static final Pattern INSIDE = Pattern.compile("/console(?:[/?][\\x21-\\x7e]*)?");

    private Links() {}

    /** The login, which leads on to this path. */
    static String login(String to) {
        return of("/console/login", Map.of("to", to));
    }

    /** What was asked for, with its query. */
    static String asked(ContainerRequestContext request) {
        URI uri = request.getUriInfo().getRequestUri();
        return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    }

    /** The page above what was asked for: of a form, that on which it was; of what is not there, the list that it is not in. */
    static Assets.@Nullable Place up(ContainerRequestContext request, int status) {
        return up(request.getUriInfo().getRequestUri().getRawPath(), status);
    }

    private static Assets.@Nullable Place up(String path, int status) {
        String up = path.substring(0, path.lastIndexOf('/'));
        Assets.Place list = Assets.places().stream()
                .filter(place -> !place.path().equals(HOME) && path.startsWith(place.path() + "/"))
                .findFirst()
                .orElse(null);
        return list == null || status == 404 || up.equals(list.path())
                ? list
                : new Assets.Place(
                        "", URLDecoder.decode(up.substring(up.lastIndexOf('/') + 1), StandardCharsets.UTF_8), up);
    }

    /** The page on which a form was that goes here. */
    static Assets.@Nullable Place formOf(String action) {
        return up(action.replaceFirst("\\?.*", ""), 0);
    }

    /** Never leads out of the console. */
    static boolean isInside(String path) {
        return INSIDE.matcher(path).matches();
    }

    /** The same path, or the first page if it leads out. */
    static String inside(@Nullable String path) {
        return path != null && isInside(path) ? path : HOME;
    }

    /** What was replayed from one instant to another. */
    static String replayed(Instant from, Instant to) {
        return "/console/events/replayed?from=" + from + "&to=" + to;
    }

    static String order(String orderId) {
        return "/console/orders/" + encoded(orderId);
    }

    static String event(ReceivedEvent.Key event) {
        return "/console/events/one?id=" + encoded(event.eventId()) + "&source=" + encoded(event.source());
    }

    /** A path with those parameters that have a value. */
    static String of(String path, Map<String, @Nullable String> parameters) {
        String query = parameters.entrySet().stream()
                .filter(parameter -> parameter.getValue() != null)
                .map(parameter -> parameter.getKey() + "=" + encoded(String.valueOf(parameter.getValue())))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? path : path + "?" + query;
    }

    /** The same with another parameter. */
    static String with(String path, Map<String, @Nullable String> parameters, String name, String value) {
        Map<String, @Nullable String> all = new LinkedHashMap<>(parameters);
        all.put(name, value);
        return of(path, all);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Answers a form: the browser goes there with GET. The path is relative, for whatever proxy stands before us. */
    static Response see(String path) {
        return Response.status(303).header("Location", path).build();
    }
}
