package dev.bellhop.ingress.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bellhop.ingress.domain.SchemeOptions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PayPalSchemeTest {

    private final PayPalScheme scheme = new PayPalScheme(Schemes.testCertificates());

    @Test
    void only_what_fetches_nothing_may_run_on_an_event_loop() throws GeneralSecurityException {
        assertThat(scheme.configured(new SchemeOptions(Map.of())).mayWait()).isTrue();
        assertThat(scheme.configured(pinning(rsa(2048))).mayWait()).isFalse();
    }

    @Test
    void a_pinned_key_that_is_weak_or_none_is_refused() throws GeneralSecurityException {
        for (String key : new String[] {rsa(1024), "", "%%", "AAAA"}) {
            assertThatThrownBy(() -> scheme.configured(pinning(key)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(".public-key must be an RSA key of 2048 bits or more, in base64");
        }
    }

    @Test
    void an_authentic_delivery_whose_certificate_cannot_be_fetched_is_not_called_forged() {
        Vector valid = Vector.of("paypal").stream()
                .filter(vector -> vector.covers().equals("valid"))
                .findFirst()
                .orElseThrow();
        Map<String, List<String>> headers = new HashMap<>(valid.headers());
        headers.put("paypal-cert-url", List.of("https://api.paypal.com/v1/notifications/certs/CERT-away"));

        assertThat(valid.outcome(scheme, headers, valid.body())).isEqualTo("certificate_unavailable");
    }

    private static SchemeOptions pinning(String key) {
        return new SchemeOptions(Map.of("public-key", key));
    }

    private static String rsa(int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return Base64.getEncoder()
                .encodeToString(generator.generateKeyPair().getPublic().getEncoded());
    }
}
