package dev.bellhop.ingress.scheme;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import org.junit.jupiter.api.Test;

class SignaturesTest {

    @Test
    void a_weak_rsa_key_is_no_secret() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        byte[] key = generator.generateKeyPair().getPublic().getEncoded();

        assertThatThrownBy(() -> Signatures.rsaPssSha512(key)).hasMessage("the key is weak");
    }

    @Test
    void a_key_of_another_curve_is_no_secret() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp384r1"));
        byte[] key = generator.generateKeyPair().getPublic().getEncoded();

        assertThatThrownBy(() -> Signatures.ecdsaP256(key)).hasMessageContaining("another curve than P-256");
        assertThatThrownBy(() -> Signatures.ecdsaP256Plain(key)).hasMessageContaining("another curve than P-256");
    }
}
