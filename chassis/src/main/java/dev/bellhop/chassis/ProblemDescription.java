package dev.bellhop.chassis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** What an OpenAPI document says of a {@link Problem}. */
public final class ProblemDescription {

    private ProblemDescription() {}

    /** The schema that {@link #response} calls {@code Problem}. */
    public static Schema schema() {
        Schema wrong = OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .addProperty("field", text("Where it stands in the request"))
                .addProperty("message", text("What is wrong with it, for people"));
        return OASFactory.createSchema()
                .addType(SchemaType.OBJECT)
                .addProperty("type", text("about:blank: the status says what kind of problem it is"))
                .addProperty("title", text("The status in words"))
                .addProperty("status", OASFactory.createSchema().addType(SchemaType.INTEGER))
                .addProperty("detail", text("For people; it may change"))
                .addProperty("instance", text("The path that was asked for"))
                .addProperty("code", text("Stable, for programs"))
                .addProperty(
                        "errors",
                        OASFactory.createSchema()
                                .addType(SchemaType.ARRAY)
                                .items(wrong)
                                .description("The fields that are wrong, if it is about fields"))
                .required(List.of("type", "title", "status", "detail", "code"));
    }

    /** An answer of this status; the first of the codes is that of the example. */
    public static APIResponse response(int status, String codes, String instance) {
        String code = code(codes);
        String example =
                """
                {"type":"about:blank","title":"%s","status":%d,"detail":"%s","instance":"%s","code":"%s"}"""
                        .formatted(Problem.title(status), status, code.replace('_', ' '), instance, code);
        return OASFactory.createAPIResponse()
                .description(codes)
                .content(OASFactory.createContent()
                        .addMediaType(
                                Problem.MEDIA_TYPE,
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref("Problem"))
                                        .example(json(example))));
    }

    /** The first code of a meaning. */
    public static String code(String meaning) {
        return meaning.split("[^a-z_]", 2)[0];
    }

    /** As a value: a text would be shown as a text. */
    public static Object json(String example) {
        try {
            return new ObjectMapper().readValue(example, Map.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the examples are JSON", e);
        }
    }

    private static Schema text(String description) {
        return OASFactory.createSchema().addType(SchemaType.STRING).description(description);
    }
}
