package dev.bellhop.order.api;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Collection;
import java.util.List;
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
        api.getComponents().getSchemas().forEach((name, schema) -> classes.stream()
                .filter(one -> one.isRecord() && isAnswer(one, name, schema))
                .forEach(one -> schema.required(one.recordComponentsInDeclarationOrder().stream()
                        .filter(component -> !component.type().hasAnnotation(NULLABLE))
                        .map(RecordComponentInfo::name)
                        .toList())));
    }

    /** A page is described once for each of what it can hold. */
    private static boolean isAnswer(ClassInfo record, String name, Schema schema) {
        List<String> names = record.recordComponentsInDeclarationOrder().stream()
                .map(RecordComponentInfo::name)
                .toList();
        boolean named = record.simpleName().equals(name)
                ? name.endsWith("View") || name.equals("Item")
                : record.simpleName().equals("Page") && name.startsWith("Page");
        return named
                && schema.getProperties() != null
                && schema.getProperties().keySet().stream()
                        .sorted()
                        .toList()
                        .equals(names.stream().sorted().toList());
    }
}
