package dev.bellhop.chassis;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.media.Schema;

/**
 * Says what texts look like in the OpenAPI document as JSON Schema does. A pattern of Bean Validation means the whole text,
 * one of JSON Schema any part of it; and there are names of classes that Java alone knows: other languages refuse the
 * pattern, and clients that were generated from it with it.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class Patterns implements OASFilter {

    @Override
    public Schema filterSchema(Schema schema) {
        String pattern = schema.getPattern();
        return pattern == null || pattern.startsWith("^") ? schema : schema.pattern(whole(pattern));
    }

    /** For whoever describes a text by hand: which filter comes first nobody says. Halves of surrogate pairs are in no text that is well-formed. */
    public static String whole(String pattern) {
        return "^(?:" + pattern.replace("\\p{Cntrl}", "\\x00-\\x1f\\x7f").replace("\\p{Cs}", "") + ")$";
    }
}
