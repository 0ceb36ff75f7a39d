package dev.bellhop.order.api;

import static io.restassured.RestAssured.given;

import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** Holds each answer that a test gets against the OpenAPI document, and remembers which were seen. */
final class Contract implements Filter {

    /** Documented as {@code default} at every call. */
    private static final Set<Integer> ANYWHERE = Set.of(405, 406, 413, 429, 503);

    static final Set<String> SEEN = new ConcurrentSkipListSet<>();

    private static final Map<String, Set<String>> DOCUMENTED = new ConcurrentHashMap<>();

    /** The statuses of each {@code METHOD /path/{template}}. */
    static Map<String, Set<String>> documented() {
        if (DOCUMENTED.isEmpty()) {
            Map<String, Map<String, Object>> paths =
                    given().noFilters().get("/q/openapi?format=json").path("paths");
            paths.forEach((path, operations) -> operations.forEach((method, operation) -> {
                if (operation instanceof Map<?, ?> described
                        && described.get("responses") instanceof Map<?, ?> answers) {
                    Set<String> statuses = new TreeSet<>();
                    answers.keySet().forEach(status -> statuses.add(String.valueOf(status)));
                    DOCUMENTED.put(method.toUpperCase(Locale.ROOT) + " " + path, statuses);
                }
            }));
        }
        return new TreeMap<>(DOCUMENTED);
    }

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        Response response = context.next(request, expected);
        String call = request.getMethod() + " "
                + template(URI.create(request.getURI()).getRawPath(), request.getMethod());
        saw(call, response.statusCode());
        return response;
    }

    static void saw(String call, int status) {
        Collection<String> statuses = documented().get(call);
        if (statuses == null) {
            return;
        }
        SEEN.add(call + " " + status);
        if (!statuses.contains(String.valueOf(status)) && !ANYWHERE.contains(status)) {
            throw new AssertionError(call + " answered " + status + ", which is documented nowhere");
        }
    }

    private static String template(String path, String method) {
        return documented().keySet().stream()
                .filter(call -> call.startsWith(method + " "))
                .map(call -> call.substring(method.length() + 1))
                .filter(template -> path.matches(template.replaceAll("\\{[^}]*}", "[^/]+")))
                .findFirst()
                .orElse(path);
    }
}
