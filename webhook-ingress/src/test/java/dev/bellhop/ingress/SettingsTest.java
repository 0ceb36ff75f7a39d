package dev.bellhop.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.bellhop.ingress.app.WebhooksConfig;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Operators find in the README what they can set, all of it and with the default that holds. */
class SettingsTest {

    @Test
    void the_readme_has_each_setting_of_the_service_with_its_default_and_no_other() throws IOException {
        // Given
        List<String> settings = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.bellhop.ingress").stream()
                        .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                        .flatMap(type -> rows(
                                type.getAnnotationOfType(ConfigMapping.class).prefix(), type))
                        .toList();

        // When
        List<String> documented = readme().filter(line -> line.startsWith("| `webhooks."))
                .map(line -> line.substring(0, line.indexOf('|', line.indexOf('|', 1) + 1) + 1))
                .toList();

        // Then
        assertThat(settings).hasSizeGreaterThan(20);
        assertThat(documented).containsExactlyInAnyOrderElementsOf(settings);
    }

    @Test
    void the_readme_has_each_setting_of_a_source() throws IOException {
        String keys = String.join(
                "\n",
                readme().filter(line -> line.startsWith("| `"))
                        .map(line -> line.substring(0, line.indexOf('|', 1)))
                        .toList());

        assertThat(Arrays.stream(WebhooksConfig.SourceConfig.class.getMethods())
                        .filter(method -> method.getReturnType() != Map.class))
                .allSatisfy(method -> assertThat(keys).contains("`" + kebab(method.getName()) + "`"));
    }

    private static Stream<String> readme() throws IOException {
        return Files.readAllLines(Path.of("README.md")).stream();
    }

    private static Stream<String> rows(String prefix, JavaClass type) {
        return type.getMethods().stream()
                .filter(method -> !method.getRawReturnType().isEquivalentTo(Map.class))
                .flatMap(method -> rows(prefix + "." + kebab(method.getName()), method));
    }

    private static Stream<String> rows(String key, JavaMethod method) {
        JavaClass type = method.getRawReturnType();
        return type.isInterface() && type.getPackageName().startsWith("dev.bellhop")
                ? rows(key, type)
                : Stream.of("| `" + key + "` |" + initially(method) + "|");
    }

    private static String initially(JavaMethod method) {
        return method.isAnnotatedWith(WithDefault.class)
                ? " `" + method.getAnnotationOfType(WithDefault.class).value() + "` "
                : " ";
    }

    private static String kebab(String name) {
        return name.replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
