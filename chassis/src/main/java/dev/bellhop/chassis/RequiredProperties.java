package dev.bellhop.chassis;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;
import org.jspecify.annotations.Nullable;

/**
 * Says in the OpenAPI document which properties of an answer are always there: those that cannot be null. Of requests Bean
 * Validation says it.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class RequiredProperties implements OASFilter {

    private static final DotName NULLABLE = DotName.createSimple(Nullable.class);

    private final Collection<ClassInfo> classes;

    public RequiredProperties(IndexView index) {
        this.classes = index.getKnownClasses();
    }

    @Override
    public void filterOpenAPI(OpenAPI api) {
        Set<String> asked = asked(api);
        api.getComponents().getSchemas().forEach((name, schema) -> classes.stream()
                .filter(one -> !asked.contains(name) && one.isRecord() && isOf(one, name, schema))
                .forEach(one -> schema.required(one.recordComponentsInDeclarationOrder().stream()
                        .filter(component -> !component.type().hasAnnotation(NULLABLE))
                        .map(RecordComponentInfo::name)
                        .toList())));
    }

    /** What requests carry. */
    private static Set<String> asked(OpenAPI api) {
        return api.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .flatMap(operation -> Stream.ofNullable(operation.getRequestBody()))
                .flatMap(body -> body.getContent().getMediaTypes().values().stream())
                .flatMap(type -> Stream.ofNullable(type.getSchema()))
                .flatMap(schema -> Stream.ofNullable(schema.getRef()))
                .map(reference -> reference.replaceFirst(".*/", ""))
                .collect(Collectors.toSet());
    }

    /** A page is described once for each of what it can hold. */
    private static boolean isOf(ClassInfo record, String name, Schema schema) {
        List<String> names = record.recordComponentsInDeclarationOrder().stream()
                .map(RecordComponentInfo::name)
                .sorted()
                .toList();
        boolean named =
                record.simpleName().equals(name) || (record.simpleName().equals("Page") && name.startsWith("Page"));
        return named
                && schema.getProperties() != null
                && schema.getProperties().keySet().stream().sorted().toList().equals(names);
    }
}
