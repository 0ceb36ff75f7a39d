package dev.bellhop.ingress.scheme;

import io.quarkus.test.Mock;
import jakarta.inject.Singleton;
import java.io.IOException;

/** PayPal's hosts in every test of the whole service: nobody there depends on who can be reached from where it runs. */
@Mock
@Singleton
final class PayPalOnDisk implements PayPalCertificates.Fetch {

    @Override
    public byte[] get(String url) throws IOException {
        return Schemes.certificate(url);
    }
}
