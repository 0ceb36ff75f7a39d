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
        try (InputStream root = Objects.requireNonNull(Schemes.class.getResourceAsStream("/paypal/root.pem"))) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(root);
            return new PayPalCertificates(fetch, Set.of(new TrustAnchor(certificate, null)), clock);
        } catch (IOException | CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of {@code CERT-away} the host does not answer; what is not below {@code paypal/} is not there either. */
    static byte[] certificate(String url) throws IOException {
        String name = url.substring(url.lastIndexOf('/') + 1);
        if (name.equals("CERT-away")) {
            throw new IOException("away");
        }
        try (InputStream file = Schemes.class.getResourceAsStream("/paypal/" + name + ".pem")) {
            return file == null ? new byte[0] : file.readAllBytes();
        }
    }
}
