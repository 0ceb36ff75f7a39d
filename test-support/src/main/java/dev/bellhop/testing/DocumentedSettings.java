package dev.bellhop.testing;

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
import java.util.Map;
import java.util.stream.Stream;

/** Operators find in a module's README what they can set, all of it and with the default that holds. */
public final class DocumentedSettings {

    private DocumentedSettings() {}

    /** Fails unless the README's tables name each setting of the package's mappings, and no other that begins so. */
    public static void assertDocumented(String packageName, String prefix) throws IOException {
        List<String> settings = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(packageName).stream()
                        .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                        .flatMap(type -> rows(
                                type.getAnnotationOfType(ConfigMapping.class).prefix(), type))
                        .toList();

        List<String> documented = rows().filter(line -> line.startsWith("| `" + prefix))
                .map(line -> line.substring(0, line.indexOf('|', line.indexOf('|', 1) + 1) + 1))
                .toList();

        assertThat(settings).hasSizeGreaterThan(20);
        assertThat(documented).containsExactlyInAnyOrderElementsOf(settings);
    }

    /** The rows of the README's tables that begin with code. */
    public static Stream<String> rows() throws IOException {
        return Files.readAllLines(Path.of("README.md")).stream().filter(line -> line.startsWith("| `"));
    }

    /** A method's name as it is written in configuration. */
    public static String kebab(String name) {
        return name.replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    private static Stream<String> rows(String prefix, JavaClass type) {
        return type.getMethods().stream()
                .filter(method -> method.getModifiers().contains(JavaModifier.ABSTRACT))
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
}
