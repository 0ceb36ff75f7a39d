package dev.bellhop.ingress.scheme;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.bellhop.ingress.domain.SignatureScheme;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
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
        if (type.isEquivalentTo(PayPalScheme.class)) {
            return new PayPalScheme(testCertificates());
        }
        try {
            Constructor<?> constructor = type.reflect().getDeclaredConstructor();
            return (SignatureScheme) constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName(), e);
        }
    }

    /** Those below {@code paypal/}, under a root of their own. */
    static PayPalCertificates testCertificates() {
        return testCertificates(Clock.systemUTC(), Schemes::certificate);
    }

    static PayPalCertificates testCertificates(Clock clock, PayPalCertificates.Fetch fetch) {
        try (InputStream root = resource("root")) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(root);
            return new PayPalCertificates(fetch, Set.of(new TrustAnchor(certificate, null)), clock);
        } catch (IOException | CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] certificate(String url) throws IOException {
        try (InputStream file = resource(url.substring(url.lastIndexOf('/') + 1))) {
            return file.readAllBytes();
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream file = Schemes.class.getResourceAsStream("/paypal/" + name + ".pem");
        if (file == null) {
            throw new IOException("not there");
        }
        return Objects.requireNonNull(file);
    }
}
