package dev.bellhop.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Operators find in the README what they can set, all of it and with the default that holds. */
class SettingsTest {

    @Test
    void the_readme_has_each_setting_with_its_default_and_no_other() throws IOException {
        // Given
        List<String> settings = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.bellhop.gateway").stream()
                        .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                        .flatMap(SettingsTest::rows)
                        .toList();

        // When
        List<String> documented;
        try (Stream<String> lines = Files.lines(Path.of("README.md"))) {
            documented = lines.filter(line -> line.startsWith("| `gateway."))
                    .map(line -> line.substring(0, line.indexOf('|', line.indexOf('|', 1) + 1) + 1))
                    .toList();
        }

        // Then
        assertThat(settings).hasSizeGreaterThan(20);
        assertThat(documented).containsExactlyInAnyOrderElementsOf(settings);
    }

    private static Stream<String> rows(JavaClass type) {
        String prefix = type.getAnnotationOfType(ConfigMapping.class).prefix();
        return type.getMethods().stream()
                .filter(method -> method.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(method -> "| `" + prefix + "." + kebab(method.getName()) + "` |" + initially(method) + "|");
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
