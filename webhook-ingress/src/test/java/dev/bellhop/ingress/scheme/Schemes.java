package dev.bellhop.ingress.scheme;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.bellhop.ingress.domain.SignatureScheme;
import java.lang.reflect.Constructor;
import java.util.Comparator;
import java.util.stream.Stream;

/** Every signature scheme of the module, found as CDI finds them: by being there. */
final class Schemes {

    private Schemes() {}

    static Stream<SignatureScheme> all() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(Schemes.class.getPackageName())
                        .stream()
                        .filter(type -> type.isAssignableTo(SignatureScheme.class) && !type.isInterface())
                        .map(Schemes::create)
                        .sorted(Comparator.comparing(SignatureScheme::name));
    }

    private static SignatureScheme create(JavaClass type) {
        try {
            Constructor<?> constructor = type.reflect().getDeclaredConstructor();
            return (SignatureScheme) constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName(), e);
        }
    }
}
