package dev.bellhop.gateway.api;

import dev.bellhop.chassis.ProblemDescription;
import dev.bellhop.gateway.domain.EventType;
import dev.bellhop.gateway.domain.FaultKind;
import dev.bellhop.gateway.domain.NamedPlan;
import dev.bellhop.gateway.domain.PaymentStatus;
import dev.bellhop.gateway.domain.Scope;
import dev.bellhop.gateway.domain.SignatureStyle;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.RequestBody;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;
import org.jspecify.annotations.Nullable;

/** Says in the OpenAPI document what {@link ApiDescription} says, and what else the code does not show by itself. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ApiDocument implements OASFilter {

    private static final Map<String, String> HEADERS = Map.of(
            "ETag", "The version, for If-None-Match",
            "Idempotency-Replayed", "true, if this is the first answer again",
            "Location", "Where it is",
            "RateLimit-Limit", "How many status queries a key may make at once",
            "RateLimit-Remaining", "How many are left",
            "RateLimit-Reset", "Seconds until all are back",
            "Retry-After", "Seconds to wait before another try",
            "WWW-Authenticate", "Bearer");

    private static final List<String> RATE = List.of("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset");

    @Override
    public void filterOpenAPI(OpenAPI api) {
        api.info(OASFactory.createInfo()
                .title("Bellhop payment-gateway")
                .version("1")
                .description(
                        "A payment provider that misbehaves by plan and tells the truth afterwards. Errors are RFC 9457"
                                + " problems with a code; at the checkout they are pages for who takes text/html."));
        api.getComponents()
                .addSecurityScheme(
                        "apiKey",
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("An API key; the scope operator includes the others."));
        api.getComponents().addSchema("Problem", ProblemDescription.schema());
        api.getComponents().addSchema("FaultPlan", plan());
        choices(api.getComponents().getSchemas());
        HEADERS.forEach((name, meaning) -> api.getComponents()
                .addHeader(name, OASFactory.createHeader().description(meaning).schema(text())));
        ApiDescription.SHARED.forEach((status, meaning) ->
                api.getComponents().addResponse(ProblemDescription.code(meaning), bad("", status, meaning)));
        api.getPaths().getPathItems().forEach((path, item) -> item.getOperations()
                .forEach((method, operation) -> describe(operation, method + " " + path)));
    }

    private static void describe(Operation operation, String name) {
        ApiDescription.Call call = ApiDescription.of(name);
        operation.summary(call.summary());
        Map<String, String> answers = new TreeMap<>(call.answers());
        Scope scope = scope(name);
        operation.security(
                scope == null
                        ? List.of()
                        : List.of(OASFactory.createSecurityRequirement().addScheme("apiKey", scope.word())));
        if (scope != null) {
            answers.put("401", "unauthenticated");
            answers.put("403", "forbidden: the key lacks the scope " + scope.word());
        }
        if (isQuery(name)) {
            operation.addParameter(header("If-None-Match", "ETags that the client knows"));
            operation.addParameter(header("If-Match", "ETags that the client wants"));
            answers.put("304", "it is as the client knows it");
            answers.put("412", "precondition_failed");
        }
        if (isMove(name)) {
            Parameter key = header(
                    "Idempotency-Key",
                    "Calls with equal keys and bodies are one call: it is made once, and answered alike");
            key.getSchema().pattern("^[!-~]{1,255}$");
            operation.addParameter(key);
            answers.merge("400", "invalid_idempotency_key", ApiDocument::and);
            answers.merge("422", "idempotency_key_reused", ApiDocument::and);
        }
        if (isQuery(name) || isMove(name)) {
            answers.put("429", isQuery(name) ? and("rate_limited", ApiDescription.FAULT) : ApiDescription.FAULT);
            answers.put("503", ApiDescription.FAULT);
            answers.put("default", ApiDescription.FAULT + ": any status from 400 that the plan in force says");
        }
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(ApiDocument::readByHand);
        }
        readByHand(operation.getRequestBody(), name, call.asked());
        Content shown = shown(operation);
        operation.responses(OASFactory.createAPIResponses());
        ApiDescription.SHARED.forEach((status, meaning) -> {
            if (answers.containsKey(status)) {
                answers.merge(status, meaning, ApiDocument::and);
            } else {
                operation
                        .getResponses()
                        .addAPIResponse(status, OASFactory.createAPIResponse().ref(ProblemDescription.code(meaning)));
            }
        });
        answers.forEach((status, meaning) ->
                operation.getResponses().addAPIResponse(status, answer(name, status, meaning, shown, call.example())));
    }

    private static String and(String codes, String more) {
        return codes + ", " + more;
    }

    /** What a call needs; null if it is open to everybody. */
    private static @Nullable Scope scope(String name) {
        if (name.contains(" /checkout") || name.endsWith("/cards")) {
            return null;
        }
        if (isQuery(name)) {
            return Scope.PAYMENTS_READ;
        }
        return isMove(name) ? Scope.PAYMENTS_WRITE : Scope.OPERATOR;
    }

    /** Limited per key. */
    private static boolean isQuery(String name) {
        return name.startsWith("GET /payments");
    }

    /** Takes an idempotency key. */
    private static boolean isMove(String name) {
        return name.startsWith("POST /payments");
    }

    private static APIResponse answer(
            String name, String status, String meaning, @Nullable Content shown, String example) {
        boolean good = status.matches("[23].*");
        boolean page = name.contains("/checkout") && status.matches("200|404");
        APIResponse response =
                good || page ? OASFactory.createAPIResponse().description(meaning) : bad(name, status, meaning);
        headers(name, status)
                .forEach(header ->
                        response.addHeader(header, OASFactory.createHeader().ref(header)));
        if (page) {
            return response.content(OASFactory.createContent()
                    .addMediaType(
                            MediaType.TEXT_HTML, OASFactory.createMediaType().schema(text())));
        }
        if (status.matches("20[012]") && shown != null) {
            response.content(shown);
            shown.getMediaTypes().forEach((type, media) -> {
                boolean lines = type.endsWith("ndjson");
                Schema schema = media.getSchema();
                media.schema(lines ? schema.getItems() : schema.getRef() == null ? reference("FaultPlan") : schema);
                media.example(ProblemDescription.json(lines ? ApiDescription.TRUTH : example));
            });
        }
        return response;
    }

    private static List<String> headers(String name, String status) {
        List<String> headers = new ArrayList<>();
        if (status.matches("201|303") || (status.equals("202") && name.endsWith("/load"))) {
            headers.add("Location");
        }
        if (isMove(name) && status.startsWith("2")) {
            headers.add("Idempotency-Replayed");
        }
        if (isQuery(name) && status.matches("200|304")) {
            headers.add("ETag");
        }
        if (isQuery(name) && !status.matches("40[13]")) {
            headers.addAll(RATE);
        }
        if (status.equals("401")) {
            headers.add("WWW-Authenticate");
        }
        return headers;
    }

    private static APIResponse bad(String name, String status, String meaning) {
        String path =
                name.isEmpty() ? "/payments" : name.replaceFirst(".* ", "").replace("{id}", "1");
        int example = status.equals("default") ? 500 : Integer.parseInt(status);
        APIResponse response = ProblemDescription.response(example, meaning, path);
        return status.matches("429|503")
                ? response.addHeader("Retry-After", OASFactory.createHeader().ref("Retry-After"))
                : response;
    }

    /** What the code shows that a call answers. */
    private static @Nullable Content shown(Operation operation) {
        Map<String, APIResponse> found = operation.getResponses().getAPIResponses();
        return found == null
                ? null
                : found.values().stream()
                        .map(APIResponse::getContent)
                        .filter(content -> content != null
                                && content.getMediaTypes().values().stream().anyMatch(type -> type.getSchema() != null))
                        .findFirst()
                        .orElse(null);
    }

    /** A body that is read by hand may be left out, and is JSON too. */
    private static void readByHand(@Nullable RequestBody body, String name, String example) {
        if (body == null || example.isEmpty()) {
            return;
        }
        Content content = body.getContent();
        Schema schema = content.getMediaTypes().values().iterator().next().getSchema();
        if (content.hasMediaType(MediaType.WILDCARD)) {
            body.required(false);
        }
        body.content(OASFactory.createContent()
                .addMediaType(
                        MediaType.APPLICATION_JSON,
                        OASFactory.createMediaType()
                                .schema(name.endsWith("/plan") ? reference("FaultPlan") : schema)
                                .example(ProblemDescription.json(example))));
    }

    /** What is read by hand looks like any text. */
    private static void readByHand(Parameter parameter) {
        Schema schema = parameter.getSchema();
        switch (parameter.getName()) {
            case "limit" ->
                schema.type(List.of(SchemaType.INTEGER))
                        .minimum(BigDecimal.ONE)
                        .maximum(BigDecimal.valueOf(Page.LARGEST));
            case "status" -> schema.enumeration(words(PaymentStatus.values(), PaymentStatus::word));
            case "type" -> schema.enumeration(words(EventType.values(), EventType::word));
            case "updatedSince", "from", "to" -> schema.format("date-time");
            case "since" -> {
                parameter.required(true);
                schema.format("date-time");
            }
            default -> {}
        }
    }

    private static void choices(Map<String, Schema> schemas) {
        for (String request : List.of("NewEndpoint", "Patch")) {
            property(schemas, request, "events").getItems().enumeration(words(EventType.values(), EventType::word));
        }
        property(schemas, "NewEndpoint", "style").enumeration(words(SignatureStyle.values(), SignatureStyle::word));
        property(schemas, "PaymentView", "status").enumeration(words(PaymentStatus.values(), PaymentStatus::word));
        property(schemas, "ClockSetting", "now").format("date-time");
        for (String mayBeNull : List.of("status", "answer", "error")) {
            property(schemas, "AttemptEntry", mayBeNull).addType(SchemaType.NULL);
        }
    }

    private static Schema property(Map<String, Schema> schemas, String name, String property) {
        return Objects.requireNonNull(
                Objects.requireNonNull(schemas.get(name), name).getProperties().get(property), property);
    }

    private static <T> List<Object> words(T[] values, Function<T, String> word) {
        return Arrays.stream(values).<Object>map(word).toList();
    }

    private static Schema plan() {
        Schema rule = OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .description("Whom it strikes, with what, and the numbers that this needs")
                .addProperty("match", OASFactory.createSchema().addType(SchemaType.OBJECT))
                .addProperty("do", text().enumeration(words(FaultKind.values(), FaultKind::word)))
                .required(List.of("do"));
        return OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .description("A named plan, or rules")
                .addProperty("seed", OASFactory.createSchema().addType(SchemaType.INTEGER))
                .addProperty("plan", text().enumeration(words(NamedPlan.values(), NamedPlan::word)))
                .addProperty(
                        "rules",
                        OASFactory.createSchema().addType(SchemaType.ARRAY).items(rule))
                .required(List.of());
    }

    private static Parameter header(String name, String description) {
        return OASFactory.createParameter()
                .name(name)
                .in(Parameter.In.HEADER)
                .description(description)
                .schema(text());
    }

    private static Schema reference(String name) {
        return OASFactory.createSchema().ref(name);
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(SchemaType.STRING);
    }
}
