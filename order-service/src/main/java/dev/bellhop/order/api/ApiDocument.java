package dev.bellhop.order.api;

import dev.bellhop.chassis.Patterns;
import dev.bellhop.chassis.ProblemDescription;
import dev.bellhop.order.domain.OrderStatus;
import dev.bellhop.order.domain.Outcome;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
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

    private static final List<Object> STATUSES =
            Arrays.stream(OrderStatus.values()).<Object>map(OrderStatus::word).toList();

    private static final List<Object> OUTCOMES =
            Arrays.stream(Outcome.values()).<Object>map(Outcome::word).toList();

    @Override
    public void filterOpenAPI(OpenAPI api) {
        api.info(OASFactory.createInfo()
                .title("Bellhop order-service")
                .version("1")
                .description(
                        "Place orders, ask where they stand, or be told. Errors are RFC 9457 problems with a code."));
        api.getComponents()
                .addSecurityScheme(
                        "apiKey",
                        OASFactory.createSecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description(
                                        "An API key. Where the operator takes them, also an access token (JWT) of the"
                                                + " operator's OpenID Connect server, with the same scopes."));
        api.getComponents().addSchema("Problem", ProblemDescription.schema());
        ApiDescription.SHARED.forEach((status, meaning) ->
                api.getComponents().addResponse(ProblemDescription.code(meaning), bad(status, meaning)));
        List.of("OutboundSseEvent", "MediaType").forEach(api.getComponents()::removeSchema);
        api.getPaths().getPathItems().forEach((path, item) -> item.getOperations()
                .forEach((method, operation) -> describe(operation, path, ApiDescription.of(method + " " + path))));
    }

    private static void describe(Operation operation, String path, ApiDescription.Call call) {
        operation.summary(call.summary());
        if (call.answers().getOrDefault("400", "").contains("invalid_idempotency_key")) {
            operation.addParameter(idempotencyKey());
        }
        if (path.endsWith("/stream")) {
            operation.addParameter(lastEventId());
        }
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(parameter -> readByHand(parameter, path));
        }
        readByHand(operation.getRequestBody(), path);
        operation.security(List.of(OASFactory.createSecurityRequirement().addScheme("apiKey")));
        Map<String, APIResponse> found = operation.getResponses().getAPIResponses();
        APIResponse shown = found == null
                ? null
                : found.values().stream()
                        .filter(one -> one.getContent() != null)
                        .findFirst()
                        .orElse(null);
        operation.responses(OASFactory.createAPIResponses());
        call.answers().forEach((status, meaning) -> operation
                .getResponses()
                .addAPIResponse(
                        status,
                        status.startsWith("2") ? good(status, meaning, shown, call.example()) : bad(status, meaning)));
        operation.getResponses().addAPIResponse("401", bad("401", "unauthenticated"));
        operation.getResponses().addAPIResponse("403", bad("403", "forbidden: the key or token lacks the scope"));
        operation.getResponses().addAPIResponse("406", bad("406", "not_acceptable"));
        ApiDescription.SHARED.forEach((status, meaning) -> {
            APIResponse own = operation.getResponses().getAPIResponse(status);
            if (own == null) {
                operation
                        .getResponses()
                        .addAPIResponse(status, OASFactory.createAPIResponse().ref(ProblemDescription.code(meaning)));
            } else if (status.equals("400")) {
                own.description(own.getDescription() + ", " + meaning);
            }
        });
    }

    private static Parameter idempotencyKey() {
        return OASFactory.createParameter()
                .name("Idempotency-Key")
                .in(Parameter.In.HEADER)
                .description("Calls with equal keys and bodies are one call: it is made once, and answered alike")
                .schema(text("1 to 255 visible ASCII characters")
                        .minLength(1)
                        .maxLength(255)
                        .pattern("^[!-~]+$"));
    }

    private static Parameter lastEventId() {
        return OASFactory.createParameter()
                .name("Last-Event-ID")
                .in(Parameter.In.HEADER)
                .description("The id of the last event that was seen: the stream goes on behind it")
                .schema(OASFactory.createSchema().addType(SchemaType.STRING));
    }

    /** What is read by hand looks like any text, and like one that can be left out. */
    private static void readByHand(Parameter parameter, String path) {
        switch (parameter.getName()) {
            case "If-Match" -> parameter.required(path.equals("/orders/{id}"));
            case "limit" ->
                parameter
                        .getSchema()
                        .type(List.of(SchemaType.INTEGER))
                        .minimum(BigDecimal.ONE)
                        .maximum(BigDecimal.valueOf(Page.LARGEST));
            case "status" ->
                parameter.getSchema().enumeration(path.startsWith("/webhook-events") ? OUTCOMES : STATUSES);
            case "createdFrom", "createdTo", "from", "to" ->
                parameter.getSchema().format("date-time");
            default -> {}
        }
    }

    private static APIResponse good(String status, String meaning, @Nullable APIResponse shown, String example) {
        APIResponse response = OASFactory.createAPIResponse().description(meaning);
        if (status.equals("204") || shown == null) {
            return response;
        }
        if (shown.getContent().hasMediaType(MediaType.SERVER_SENT_EVENTS)) {
            return response.content(OASFactory.createContent()
                    .addMediaType(
                            MediaType.SERVER_SENT_EVENTS,
                            OASFactory.createMediaType()
                                    .schema(text("Server-Sent Events: the version as id, comments as heartbeat"))
                                    .example(example)));
        }
        response.content(shown.getContent());
        if (!example.isEmpty()) {
            shown.getContent().getMediaTypes().values().forEach(type -> type.example(ProblemDescription.json(example)));
        }
        return response;
    }

    private static APIResponse bad(String status, String codes) {
        return status.equals("304")
                ? OASFactory.createAPIResponse().description(codes)
                : ProblemDescription.response(Integer.parseInt(status), codes, "/orders");
    }

    private static Schema text(String description) {
        return OASFactory.createSchema().addType(SchemaType.STRING).description(description);
    }

    /** A body that is read by hand may be left out, and is JSON too: why, and of a refund how much. */
    private static void readByHand(@Nullable RequestBody body, String path) {
        if (body != null && body.getContent().hasMediaType("application/octet-stream")) {
            boolean refund = path.endsWith("/refund");
            Schema schema = OASFactory.createSchema()
                    .addType(SchemaType.OBJECT)
                    .addProperty("reason", text("For people").maxLength(500).pattern(Patterns.whole(Ids.TEXT)));
            if (refund) {
                schema.addProperty("amount", amount());
            }
            String example = refund ? "{\"amount\":100}" : "{\"reason\":\"the customer called\"}";
            body.required(false)
                    .content(OASFactory.createContent()
                            .addMediaType(
                                    "application/json",
                                    OASFactory.createMediaType()
                                            .schema(schema)
                                            .example(ProblemDescription.json(example))));
        }
    }

    private static Schema amount() {
        return OASFactory.createSchema()
                .addType(SchemaType.INTEGER)
                .format("int64")
                .description("Minor units; all that is left, if it is not said")
                .minimum(BigDecimal.ONE)
                .maximum(BigDecimal.valueOf(Ids.LARGEST_AMOUNT));
    }
}
